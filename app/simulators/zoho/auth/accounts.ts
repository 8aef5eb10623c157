import type { SimulatedClock } from '../time/simulated_clock.js'
import type { AuthOptions } from './auth_options.js'
import { CodeDesk } from './code_desk.js'
import type { Grant } from './grant.js'
import { GrantBook } from './grant_book.js'
import { GrantFile } from './grant_file.js'
import type { OAuthClient } from './oauth_client.js'
import { Quota } from './quota.js'
import { splitScopes } from './scopes.js'
import { TokenDesk } from './token_desk.js'

/** The accounts server, one for all orgs: who may sign in, who allowed what, which tokens are out. */
export class Accounts {
  readonly codes: CodeDesk
  readonly grants: GrantBook
  readonly tokens: TokenDesk
  readonly #file: GrantFile
  readonly #creations: Quota
  readonly #refreshTokens: Quota
  #isReadyCodeUsed = false

  constructor(
    readonly options: AuthOptions & { persistFile: string | null },
    readonly clock: SimulatedClock
  ) {
    this.#file = new GrantFile(options.persistFile)
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
    this.grants.adopt(this.#file.read())
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

  /** Whether a person may still act; who has left cannot, whatever tokens there are. */
  isActive(email: string) {
    return this.people.some((person) => person.email === email)
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
    this.#file.write(this.grants.kept)
    return added
  }

  /** Whether this person had said yes to this client before. */
  consent(email: string, clientId: string) {
    const isRepeat = this.grants.consent({ email, clientId })
    this.#file.write(this.grants.kept)
    return isRepeat
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
      this.#file.write(this.grants.kept)
      return true
    }
    return this.tokens.revoke(token)
  }

  /** What was allowed outlives a reset; counters and the ready-made token start anew. */
  adopt(earlier: Accounts) {
    this.grants.adopt(earlier.grants.kept)
    this.tokens.adopt(earlier.tokens)
  }
}
