const WINDOW = 60_000
const MOST_KEYS = 10_000

/** How often something came within a minute. Kept in memory: a restart forgives. */
export class RateWindow {
  readonly #most: number
  readonly #counts = new Map<string, { since: number; count: number }>()

  constructor(most: number) {
    this.#most = most
  }

  /** Whether one more may come now; then it counts. */
  take(key: string, now: number): boolean {
    const known = this.#counts.get(key)
    if (known === undefined || known.since <= now - WINDOW) {
      if (this.#counts.size >= MOST_KEYS) this.#forgetOld(now)
      this.#counts.set(key, { since: now, count: 1 })
      return true
    }
    known.count += 1
    return known.count <= this.#most
  }

  #forgetOld(now: number): void {
    for (const [key, { since }] of this.#counts) {
      if (since <= now - WINDOW) this.#counts.delete(key)
    }
  }
}
