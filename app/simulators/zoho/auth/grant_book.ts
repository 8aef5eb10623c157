import type { AuthOptions } from './auth_options.js'
import type { Grant, RefreshGrant } from './grant.js'
import type { KeptGrants } from './grant_file.js'
import { randomToken } from './random_token.js'

/** Refresh tokens, oldest first, and who said yes to whom. */
export class GrantBook {
  #grants: RefreshGrant[] = []
  #consents = new Set<string>()

  constructor(readonly options: AuthOptions) {}

  /** What outlives the process; the ready-made token comes anew with it. */
  get kept(): KeptGrants {
    return {
      grants: this.#grants.filter((grant) => !this.#isReady(grant)),
      consents: [...this.#consents],
    }
  }

  /** Takes over what was allowed earlier. */
  adopt({ grants, consents }: KeptGrants) {
    for (const grant of grants) if (!this.#isReady(grant)) this.keep(grant)
    for (const consent of consents) this.#consents.add(consent)
  }

  #isReady({ refreshToken }: RefreshGrant) {
    return refreshToken === this.options.refreshToken
  }

  get list(): readonly RefreshGrant[] {
    return this.#grants
  }

  find(refreshToken: string | null) {
    return this.#grants.find((grant) => grant.refreshToken === refreshToken)
  }

  /** The new grant, and those that it pushes out in silence. */
  add(grant: Grant, now: number) {
    const added: RefreshGrant = { ...grant, refreshToken: randomToken(), createdAt: now }
    this.#grants.push(added)
    const alike = this.#grants.filter(
      (other) => !this.#isReady(other) && this.#countKey(other) === this.#countKey(grant)
    )
    const dropped = alike.slice(0, Math.max(0, alike.length - this.options.refreshTokenLimit))
    for (const { refreshToken } of dropped) this.remove(refreshToken)
    return { added, dropped }
  }

  #countKey({ email, clientId }: Grant) {
    const { refreshTokenPer } = this.options
    if (refreshTokenPer === 'user') return email
    return refreshTokenPer === 'client' ? clientId : `${email}|${clientId}`
  }

  /** A grant that is there from the start, or from an earlier life. */
  keep(grant: RefreshGrant) {
    this.remove(grant.refreshToken)
    this.#grants.push(grant)
  }

  remove(refreshToken: string) {
    const before = this.#grants.length
    this.#grants = this.#grants.filter((grant) => grant.refreshToken !== refreshToken)
    return this.#grants.length < before
  }

  /** Whether this person had said yes to this client before. */
  consent({ email, clientId }: Pick<Grant, 'email' | 'clientId'>) {
    const key = `${email}|${clientId}`
    const isRepeat = this.#consents.has(key)
    this.#consents.add(key)
    return isRepeat
  }
}
