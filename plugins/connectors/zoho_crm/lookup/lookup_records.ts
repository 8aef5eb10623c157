import { ConnectorError, type Lookup } from '#sdk'
import { isVendorError } from '../api/vendor_error.js'
import { findByFields } from './find_by_fields.js'
import { findByValues } from './find_by_values.js'

/** What an org answers that does not allow the query, whoever asks and whenever. */
const REFUSALS = [
  'OAUTH_SCOPE_MISMATCH',
  'NO_PERMISSION',
  'NOT_SUPPORTED',
  'INVALID_QUERY',
  'SYNTAX_ERROR',
  'LIMIT_EXCEEDED',
]

function isRefused({ cause }: ConnectorError) {
  return isVendorError(cause) && REFUSALS.includes(cause.code)
}

/** Reads back what may have been written. An org that does not allow queries proves nothing. */
export const lookupRecords: Lookup = async (ctx, batch) => {
  const { match } = batch
  try {
    return match.by === 'fields' && match.fields.length > 0
      ? await findByFields(ctx, batch, match.fields)
      : await findByValues(ctx, batch)
  } catch (error) {
    if (!(error instanceof ConnectorError && isRefused(error))) throw error
    ctx.log.warn('Zoho refused to look the records up', { reason: error.message })
    return { found: [], certain: false }
  }
}
