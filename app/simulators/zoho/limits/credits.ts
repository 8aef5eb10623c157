const DAY = 24 * 60 * 60 * 1000

export class Credits {
  #spent: { at: number; amount: number }[] = []
  #used = 0

  constructor(readonly limit: number) {}

  used(now: number) {
    while (this.#spent.length > 0 && this.#spent[0].at <= now - DAY) {
      this.#used -= this.#spent.shift()?.amount ?? 0
    }
    return this.#used
  }

  remaining(now: number) {
    return Math.max(0, this.limit - this.used(now))
  }

  /** Gives back what a call that failed had cost. */
  refund(amount: number) {
    const last = this.#spent.at(-1)
    if (!last) return
    const back = Math.min(amount, last.amount)
    last.amount -= back
    this.#used -= back
  }

  spend(amount: number, now: number) {
    if (this.used(now) + amount > this.limit) return false
    if (amount === 0) return true
    const last = this.#spent.at(-1)
    const second = Math.floor(now / 1000) * 1000
    if (last?.at === second) last.amount += amount
    else this.#spent.push({ at: second, amount })
    this.#used += amount
    return true
  }
}
