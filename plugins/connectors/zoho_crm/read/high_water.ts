import { ConnectorError, type Context, type StreamDescription, type Value } from '#sdk'
import { isVendorError } from '../api/vendor_error.js'
import { coqlText } from './coql_text.js'
import { keepCount } from './counted.js'
import { runQuery } from './run_query.js'
import { zohoInstant } from './zoho_instant.js'

const NOTHING_YET = '1970-01-01T00:00:00+00:00'
const REFUSALS = ['INVALID_QUERY', 'SYNTAX_ERROR', 'NOT_SUPPORTED']

async function newest(ctx: Context, stream: StreamDescription, field: string): Promise<Value> {
  const query = `select ${field} from ${stream.name} where ${field} is not null order by ${field} desc`
  const reply = await runQuery(ctx, query, 1)
  return reply.data?.[0]?.[field] ?? NOTHING_YET
}

/** The newest value and the number of records from a bound on, by one query; null where it says nothing. */
async function newestCounted(
  ctx: Context,
  stream: StreamDescription,
  field: string,
  from: Value
): Promise<{ until: string; records: number } | null> {
  const where =
    from === null ? `${field} is not null` : `${field} >= ${coqlText(zohoInstant(from, 'up'))}`
  const query = `select COUNT(id), MAX(${field}) from ${stream.name} where ${where}`
  try {
    const { data = [] } = await runQuery(ctx, query, 1)
    const values: Value[] = Object.values(data[0] ?? {})
    const until = values.find((value) => typeof value === 'string' && value.includes('T'))
    const records = values.map(Number).find(Number.isSafeInteger)
    return typeof until === 'string' && records ? { until, records } : null
  } catch (error) {
    const cause = error instanceof ConnectorError ? error.cause : null
    if (isVendorError(cause) && REFUSALS.includes(cause.code)) return null
    throw error
  }
}

/**
 * The newest value by Zoho's own clock; what commits in the same second is read next time. Where
 * a read follows, the same credit counts what it will find.
 */
export async function highWater(
  ctx: Context,
  stream: StreamDescription,
  field: string,
  from?: Value
): Promise<Value> {
  const found = from === undefined ? null : await newestCounted(ctx, stream, field, from)
  if (found === null) return newest(ctx, stream, field)
  const { until, records } = found
  keepCount(ctx, { stream: stream.name, field, from: from ?? null, until, records })
  return until
}
