interface Seen {
  since: number
  count: number
  blockedUntil: number
}

/** So many in a window, counted from its first; one more blocks, for a time or to the window's end. */
export class Quota {
  #seen = new Map<string, Seen>()

  constructor(
    readonly limit: number,
    readonly windowMs: number,
    readonly blockMs = 0
  ) {}

  take(key: string, now: number) {
    const seen = this.#current(key, now)
    if (seen.count < this.limit) {
      seen.count += 1
      return true
    }
    if (seen.blockedUntil === 0) seen.blockedUntil = now + this.blockMs
    return false
  }

  #current(key: string, now: number) {
    const seen = this.#seen.get(key)
    if (seen && now < Math.max(seen.since + this.windowMs, seen.blockedUntil)) return seen
    const fresh = { since: now, count: 0, blockedUntil: 0 }
    this.#seen.set(key, fresh)
    return fresh
  }
}
