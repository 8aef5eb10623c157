import { ConnectorError, type Lookup } from '#sdk'
import { findByFields } from './find_by_fields.js'
import { findByValues } from './find_by_values.js'

/** Reads back what may have been written. An org that does not allow queries proves nothing. */
export const lookupRecords: Lookup = async (ctx, batch) => {
  const { match } = batch
  try {
    return match.by === 'fields' && match.fields.length > 0
      ? await findByFields(ctx, batch, match.fields)
      : await findByValues(ctx, batch)
  } catch (error) {
    const isRefused = error instanceof ConnectorError && ['config', 'auth'].includes(error.kind)
    if (!isRefused) throw error
    ctx.log.warn('Zoho refused to look the records up', { reason: error.message })
    return { found: [], certain: false }
  }
}
