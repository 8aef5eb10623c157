import { ConnectorError } from '#sdk'
import { isVendorError } from '../api/vendor_error.js'

/** Where the path names the list, and not a record. */
const LIST_INDEX = 2

/** Whether Zoho refused a call for a record in its path, above or below, that was deleted meanwhile. */
export function isGone(error: unknown): boolean {
  const cause = error instanceof ConnectorError ? error.cause : null
  if (!isVendorError(cause) || cause.code !== 'INVALID_DATA') return false
  const index = cause.details?.resource_path_index
  return typeof index === 'number' && index !== LIST_INDEX
}
