export class ConcurrencyGate {
  #all = 0
  #heavy = 0
  peak = 0
  peakHeavy = 0

  constructor(
    readonly limit: number,
    readonly heavyLimit: number
  ) {}

  enter() {
    if (this.#all >= this.limit) return false
    this.#all += 1
    this.peak = Math.max(this.peak, this.#all)
    return true
  }

  leave() {
    this.#all -= 1
  }

  enterHeavy() {
    if (this.#heavy >= this.heavyLimit) return false
    this.#heavy += 1
    this.peakHeavy = Math.max(this.peakHeavy, this.#heavy)
    return true
  }

  leaveHeavy() {
    this.#heavy -= 1
  }
}
