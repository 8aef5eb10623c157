import type { Context, IncrementalBounds, StreamDescription } from '#sdk'
import { apiVersion } from '../api/address.js'
import { coqlText } from './coql_text.js'
import type { RowsReply } from './rows_reply.js'
import { runQuery } from './run_query.js'
import { zohoInstant } from './zoho_instant.js'

/** Behind a record: by id alone, or by (field, id), so that equal times lose nobody. */
function behind(last: string, bounds: IncrementalBounds | null, value: string | undefined) {
  if (!bounds || value === undefined) return `id > ${coqlText(last)}`
  const at = coqlText(value)
  const { field } = bounds
  return `(${field} > ${at} or (${field} = ${at} and id > ${coqlText(last)}))`
}

function condition(bounds: IncrementalBounds | null, last: string | null, value?: string) {
  const after = last === null ? null : behind(last, bounds, value)
  if (!bounds) return after ?? 'id is not null'
  const until = `${bounds.field} <= ${coqlText(zohoInstant(bounds.until, 'down'))}`
  if (after === null && bounds.from === null) return until
  return `(${after ?? `${bounds.field} >= ${coqlText(zohoInstant(bounds.from, 'up'))}`} and ${until})`
}

/** Rows per query; orgs on older versions answer 200. */
export function queryRows(ctx: Context, pageSize: number) {
  return Math.min(pageSize, apiVersion(ctx) === 'v8' ? 2000 : 200)
}

/** The next rows behind a record, by a keyset that edits and deletions cannot shift. */
export async function queryPage(
  ctx: Context,
  stream: StreamDescription,
  fields: string[],
  bounds: IncrementalBounds | null,
  from: { last: string | null; value?: string; limit: number }
): Promise<RowsReply> {
  const columns = [...new Set(['id', ...fields])].slice(0, 50)
  const order = bounds ? `${bounds.field} asc, id asc` : 'id asc'
  const where = condition(bounds, from.last, from.value)
  const query = `select ${columns.join(', ')} from ${stream.name} where ${where} order by ${order}`
  return runQuery(ctx, query, from.limit)
}
