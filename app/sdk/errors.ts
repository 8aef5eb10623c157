/**
 * What the engine should do:
 *
 * - `config`: a person must change a setting; the run ends
 * - `auth`: a person must sign in again; the run ends
 * - `rate_limited`: wait (`retryAfter` or a back-off) and send again; the vendor did nothing
 * - `transient`: send again after a back-off
 * - `fatal`: the run ends
 */
export type ErrorKind = 'config' | 'auth' | 'rate_limited' | 'transient' | 'fatal'

export interface ConnectorErrorOptions {
  /** For the log, not for the page. Holds no secret. */
  detail?: string
  /** Milliseconds to wait before the next try, where the vendor says so. */
  retryAfter?: number
  /** Whether the vendor may have done what was asked. 'no' by default. */
  delivered?: 'no' | 'unknown'
  cause?: unknown
}

/** The one error a connector throws for trouble that is not a record's. `message` is for the user. */
export class ConnectorError extends Error {
  override name = 'ConnectorError'
  readonly kind: ErrorKind
  readonly detail: string | null
  readonly retryAfter: number | null
  readonly delivered: 'no' | 'unknown'

  constructor(kind: ErrorKind, message: string, options: ConnectorErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.detail = options.detail ?? null
    this.retryAfter = options.retryAfter ?? null
    this.delivered = options.delivered ?? 'no'
  }
}
