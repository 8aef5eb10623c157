import { ConnectorError, type Context, type Page, type ReadQuery } from '#sdk'
import type { StreamDescription } from '#sdk'
import { isVendorError } from '../api/vendor_error.js'
import { readCursor } from '../read/cursor.js'
import { canQuery } from '../read/module_reads.js'
import { readByQuery } from '../read/read_by_query.js'
import { readByJobs } from './read_by_jobs.js'

/** What an org answers that has no bulk read for the module or the user. */
const NOT_HERE = [
  ...['MODULE_NOT_AVAILABLE', 'NOT_SUPPORTED', 'NO_PERMISSION', 'OAUTH_SCOPE_MISMATCH'],
  'CVID_NOT_SUPPORTED',
]

function isNotHere(error: unknown) {
  const cause = error instanceof ConnectorError ? error.cause : null
  return isVendorError(cause) && NOT_HERE.includes(cause.code)
}

/** Reads by jobs, and by queries where the org turns out to offer no job. */
export async function* readByBulk(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  const mayQuery = canQuery(stream) && ctx.settings.readBy !== 'bulk'
  if (readCursor(query.cursor).at === 'after') return yield* readByQuery(ctx, stream, query)
  try {
    yield* readByJobs(ctx, stream, query)
  } catch (error) {
    if (query.cursor !== null || !mayQuery || !isNotHere(error)) throw error
    ctx.log.warn('Zoho offers no bulk read here; it is read by queries', { stream: stream.name })
    yield* readByQuery(ctx, stream, query)
  }
}
