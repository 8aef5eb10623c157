import type { CheckResult } from '#sdk'
import type { TokenReply } from '#domain/connections/request_token'

/** What a vendor gave for a sign-in, and what was found with it. Belongs to no connection yet. */
export interface Granted {
  reply: TokenReply
  /** Milliseconds since the epoch. */
  at: number
  /** What was asked for, where the reply does not tell what was granted. */
  scopes: string[] | null
  check: Extract<CheckResult, { ok: true }>
}
