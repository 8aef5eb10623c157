import { ConnectorError, type Context, type ReadQuery, type StreamDescription } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { isVendorError } from '../api/vendor_error.js'
import { coqlSource, coqlWhere } from './coql_where.js'
import { namedIds } from './named_ids.js'
import { canQuery } from './module_reads.js'
import { runQuery } from './run_query.js'
import { parentQuery, parentStream } from '../related/walk_parents.js'

const REFUSALS = ['INVALID_QUERY', 'SYNTAX_ERROR', 'NOT_SUPPORTED', 'LIMIT_EXCEEDED']

function isRefused(error: unknown) {
  const cause = error instanceof ConnectorError ? error.cause : null
  return isVendorError(cause) && REFUSALS.includes(cause.code)
}

async function byQuery(ctx: Context, stream: StreamDescription, query: ReadQuery) {
  const where = coqlWhere(stream, query)
  const text = `select COUNT(id) from ${coqlSource(stream, query)} where ${where}`
  try {
    const { data = [] } = await runQuery(ctx, text, 1)
    const counted = Object.values(data[0] ?? {}).map(Number)
    return counted.find(Number.isSafeInteger) ?? 0
  } catch (error) {
    if (isRefused(error)) return null
    throw error
  }
}

/** Some minutes old at Zoho's, and of the whole module. */
async function byAction(ctx: Context, stream: StreamDescription) {
  const url = apiUrl(ctx, `/${stream.name}/actions/count`)
  const { body } = await call<{ count?: number }>(ctx, { method: 'GET', url, credits: 1 }, 'read')
  return body?.count ?? null
}

async function askCount(ctx: Context, stream: StreamDescription, query: ReadQuery) {
  const counted = canQuery(stream) ? await byQuery(ctx, stream, query) : null
  if (counted !== null) return counted
  return query.incremental === null && (query.view ?? null) === null ? byAction(ctx, stream) : null
}

/**
 * The rows that a read of `query` makes Zoho send, for one credit; null where that cannot be
 * asked. Of what hangs on records these are counted, since they are what is paid.
 */
export async function countRecords(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): Promise<number | null> {
  const named = namedIds(stream, query)
  if (named !== null) return named.length
  return stream.within
    ? askCount(ctx, parentStream(stream), parentQuery(query))
    : askCount(ctx, stream, query)
}
