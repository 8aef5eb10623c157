import type { SimulatedClock } from '../time/simulated_clock.js'
import type { AuthOptions } from './auth_options.js'
import type { Grant } from './grant.js'
import { randomToken } from './random_token.js'

export interface AccessToken extends Grant {
  /** What its limits are counted by: the refresh token where there is one. */
  source: string
  expiresAt: number
}

export class TokenDesk {
  /** Oldest first. */
  #live = new Map<string, AccessToken>()

  constructor(
    readonly options: AuthOptions,
    readonly clock: SimulatedClock
  ) {}

  mint({ email, clientId, scopes }: Grant, source: string) {
    const token = randomToken()
    const expiresAt = this.clock.now() + this.options.tokenLifeSeconds * 1000
    this.#live.set(token, { email, clientId, scopes, source, expiresAt })
    const alike = [...this.#live].filter(([, held]) => held.source === source)
    for (const [oldest] of alike.slice(0, -this.options.liveTokens)) this.#live.delete(oldest)
    return token
  }

  find(token: string) {
    const held = this.#live.get(token)
    return held && this.clock.now() < held.expiresAt ? held : undefined
  }

  countOf(source: string) {
    return [...this.#live.keys()].filter((token) => this.find(token)?.source === source).length
  }

  /** Access tokens outlive a reset of the org. */
  adopt(earlier: TokenDesk) {
    this.#live = new Map(earlier.#live)
  }

  revoke(token: string) {
    return this.#live.delete(token)
  }

  revokeOf(source: string) {
    for (const [token, held] of this.#live) if (held.source === source) this.#live.delete(token)
  }
}
