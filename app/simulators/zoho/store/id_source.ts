/** Ids of one org: 19 digits, rising, the first seven the org's own. */
export class IdSource {
  readonly prefix: string
  #last = 411_000

  constructor(seed: number) {
    this.prefix = `5${String((seed * 7919 + 725_767) % 1_000_000).padStart(6, '0')}`
  }

  next() {
    this.#last += 1
    return this.fixed(this.#last)
  }

  fixed(number: number) {
    return this.prefix + String(number).padStart(12, '0')
  }

  isOurs(id: string) {
    return id.startsWith(this.prefix)
  }

  sawId(id: string) {
    this.#last = Math.max(this.#last, Number(id.slice(this.prefix.length)))
  }
}
