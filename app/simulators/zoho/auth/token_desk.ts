import { randomBytes } from 'node:crypto'
import type { SimulatorOptions } from '../options.js'
import type { SimulatedClock } from '../time/simulated_clock.js'

/** Zoho keeps this many access tokens alive per refresh token and drops the oldest in silence. */
const LIVE_TOKENS = 10

export class TokenDesk {
  /** Expiry by access token, oldest first. */
  #live = new Map<string, number>()
  #minted: number[] = []
  #isCodeUsed = false

  constructor(
    readonly options: SimulatorOptions,
    readonly clock: SimulatedClock
  ) {}

  isThrottled() {
    const since = this.clock.now() - this.options.refreshWindowSeconds * 1000
    this.#minted = this.#minted.filter((at) => at > since)
    return this.#minted.length >= this.options.refreshLimit
  }

  mint() {
    const now = this.clock.now()
    this.#minted.push(now)
    const token = `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`
    this.#live.set(token, now + this.options.tokenLifeSeconds * 1000)
    for (const oldest of this.#live.keys()) {
      if (this.#live.size <= LIVE_TOKENS) break
      this.#live.delete(oldest)
    }
    return token
  }

  redeemCode(code: string | null) {
    if (this.#isCodeUsed || code !== this.options.authorizationCode) return false
    this.#isCodeUsed = true
    return true
  }

  isAlive(token: string) {
    const expiry = this.#live.get(token)
    return expiry !== undefined && this.clock.now() < expiry
  }

  /** Access tokens outlive a reset of the org. */
  adopt(earlier: TokenDesk) {
    this.#live = new Map(earlier.#live)
  }

  revoke(token: string) {
    this.#live.delete(token)
  }
}
