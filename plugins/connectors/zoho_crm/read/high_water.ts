import type { Context, StreamDescription, Value } from '#sdk'
import { runQuery } from './run_query.js'

const NOTHING_YET = '1970-01-01T00:00:00+00:00'

/** The newest value by Zoho's own clock; what commits in the same second is read next time. */
export async function highWater(
  ctx: Context,
  stream: StreamDescription,
  field: string
): Promise<Value> {
  const query = `select ${field} from ${stream.name} where ${field} is not null order by ${field} desc`
  const reply = await runQuery(ctx, query, 1)
  return reply.data?.[0]?.[field] ?? NOTHING_YET
}
