import type { ConnectorError } from './errors.js'

const SOON = 60_000
/** Nobody is there, or somebody whose certificate is not believed: that does not pass by itself. */
const LASTING = /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH)$|CERT|TLS|SSL/

/**
 * For `check`: after how many milliseconds to try again, where an error says nothing of the
 * connection since the vendor throttles, is out of order or too slow. Null for all other errors.
 */
export function checkAgainAfter({ kind, detail, retryAfter }: ConnectorError): number | null {
  if (kind === 'rate_limited') return retryAfter ?? SOON
  if (kind !== 'transient' || LASTING.test(detail ?? '')) return null
  return retryAfter ?? SOON
}
