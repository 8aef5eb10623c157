const LIMIT = 10
const WINDOW = 10 * 60_000
const MOST_KEYS = 10_000

/** How often somebody tried to sign in lately. Kept in memory: a restart forgives. */
export class SignInAttempts {
  readonly #times = new Map<string, number[]>()

  /** Minutes to wait before the next try; 0 when it may happen now, and then it counts. */
  take(key: string, now: number): number {
    const recent = (this.#times.get(key) ?? []).filter((time) => time > now - WINDOW)
    if (recent.length >= LIMIT) return Math.ceil((recent[0]! + WINDOW - now) / 60_000)
    if (this.#times.size >= MOST_KEYS) this.#forgetOld(now)
    this.#times.set(key, [...recent, now])
    return 0
  }

  forget(key: string): void {
    this.#times.delete(key)
  }

  #forgetOld(now: number): void {
    for (const [key, times] of this.#times) {
      if (times.at(-1)! <= now - WINDOW) this.#times.delete(key)
    }
  }
}

export const signInAttempts = new SignInAttempts()
