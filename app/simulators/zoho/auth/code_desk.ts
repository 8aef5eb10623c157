import type { SimulatedClock } from '../time/simulated_clock.js'
import type { AuthOptions } from './auth_options.js'
import type { Grant } from './grant.js'
import { Quota } from './quota.js'
import { randomToken } from './random_token.js'

export interface GrantCode extends Grant {
  /** null: of a self client, which has none. */
  redirectUri: string | null
  bringsRefreshToken: boolean
  expiresAt: number
}

const MINUTE = 60_000

export class CodeDesk {
  #codes = new Map<string, GrantCode>()
  #quota: Quota

  constructor(
    readonly options: AuthOptions,
    readonly clock: SimulatedClock
  ) {
    this.#quota = new Quota(options.codesPerMinute, MINUTE, options.codeBlockSeconds * 1000)
  }

  /** null when the person asks too often. */
  issue(code: Omit<GrantCode, 'expiresAt'>, lifeSeconds = this.options.codeLifeSeconds) {
    const now = this.clock.now()
    if (!this.#quota.take(`${code.email}|${code.clientId}`, now)) return null
    const text = randomToken()
    this.#codes.set(text, { ...code, expiresAt: now + lifeSeconds * 1000 })
    return text
  }

  find(text: string) {
    const code = this.#codes.get(text)
    return code && this.clock.now() < code.expiresAt ? code : undefined
  }

  use(text: string) {
    this.#codes.delete(text)
  }
}
