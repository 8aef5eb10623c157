import { Quota } from './quota.js'
import type { SimulatedClock } from '../time/simulated_clock.js'
import type { AuthOptions } from './auth_options.js'
import { CodeDesk } from './code_desk.js'
import type { Grant } from './grant.js'
import { GrantBook } from './grant_book.js'
import type { OAuthClient } from './oauth_client.js'
import { splitScopes } from './scopes.js'
import { TokenDesk } from './token_desk.js'

/** The accounts server, one for all orgs: who may sign in, who allowed what, which tokens are out. */
export class Accounts {
  readonly codes: CodeDesk
  readonly grants: GrantBook
  readonly tokens: TokenDesk
  readonly #creations: Quota
  readonly #refreshTokens: Quota
  #isReadyCodeUsed = false

  constructor(
    readonly options: AuthOptions,
    readonly clock: SimulatedClock
  ) {
    this.codes = new CodeDesk(options, clock)
    this.grants = new GrantBook(options)
    this.tokens = new TokenDesk(options, clock)
    this.#creations = new Quota(options.refreshLimit, options.refreshWindowSeconds * 1000)
    this.#refreshTokens = new Quota(
      options.refreshTokensPerMinute || Number.POSITIVE_INFINITY,
      60_000
    )
    const { refreshToken } = options
    this.grants.keep({ ...this.readyGrant, refreshToken, createdAt: clock.now() })
  }

  /** What the ready-made refresh token stands for. */
  get readyGrant(): Grant {
    const { people, clientId, refreshTokenScope } = this.options
    const scopes = refreshTokenScope === '' ? null : splitScopes(refreshTokenScope)
    return { email: people[0].email, clientId, scopes }
  }

  /** Those who may sign in. */
  get people() {
    return this.options.people.filter(({ status = 'active' }) => status === 'active')
  }

  client(clientId: string | null): OAuthClient | undefined {
    const { options } = this
    return [options, ...options.moreClients].find((client) => client.clientId === clientId)
  }

  /** Whether one more access token may be made of this source now. */
  mayCreate(source: string) {
    return this.#creations.take(source, this.clock.now())
  }

  mayGrant(email: string) {
    return this.#refreshTokens.take(email, this.clock.now())
  }

  /** A new refresh token; the oldest beyond the limit dies, and its access tokens with it. */
  grant(grant: Grant) {
    const { added, dropped } = this.grants.add(grant, this.clock.now())
    for (const { refreshToken } of dropped) this.tokens.revokeOf(refreshToken)
    return added
  }

  useReadyCode(code: string | null) {
    if (this.#isReadyCodeUsed || code !== this.options.authorizationCode) return false
    this.#isReadyCodeUsed = true
    return true
  }

  /** Ends a refresh token with its access tokens, or one access token. */
  revoke(token: string) {
    if (this.grants.remove(token)) {
      this.tokens.revokeOf(token)
      return true
    }
    return this.tokens.revoke(token)
  }

  /** What was allowed outlives a reset; counters and the ready-made token start anew. */
  adopt(earlier: Accounts) {
    const ready = new Set([earlier.options.refreshToken, this.options.refreshToken])
    for (const grant of earlier.grants.list) {
      if (!ready.has(grant.refreshToken)) this.grants.keep(grant)
    }
    this.tokens.adopt(earlier.tokens)
  }
}
