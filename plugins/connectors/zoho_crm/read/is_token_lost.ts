import { ConnectorError } from '#sdk'
import { isVendorError } from '../api/vendor_error.js'

const LOST = [
  'EXPIRED_VALUE',
  'TOKEN_BOUND_DATA_MISMATCH',
  'PAGINATION_LIMIT_EXCEEDED',
  'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
]

/** Whether the list cannot go on from here although the records behind it exist. */
export function isTokenLost(error: unknown): boolean {
  return (
    error instanceof ConnectorError && isVendorError(error.cause) && LOST.includes(error.cause.code)
  )
}
