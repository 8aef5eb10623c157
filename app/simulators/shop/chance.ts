/** A stream of repeatable chance: the same seeds give the same numbers on every machine. */
export class Chance {
  #state: number

  constructor(seed: number, turn: number) {
    this.#state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(turn | 0, 0x85ebca6b)) >>> 0
    this.below(1)
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]
  }

  /** True `share` times of a hundred. */
  percent(share: number): boolean {
    return this.below(100) < share
  }
}
