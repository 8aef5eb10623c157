import type { Context, ReadQuery, StreamDescription } from '#sdk'
import { loadColumns } from './load_table.js'
import { openSession } from './open_session.js'
import { placeOf } from './place_of.js'
import { boundsCondition } from './page_statement.js'
import { whereCondition } from './where_condition.js'

/** As many as SQL lets pass; what it leaves to the reader counts too. */
export async function countTable(
  ctx: Context,
  stream: StreamDescription,
  { filter, incremental }: ReadQuery
): Promise<number> {
  const session = await openSession(ctx)
  try {
    const byName = await loadColumns(ctx, session, stream.name)
    const field = incremental === null ? undefined : byName.get(incremental.field)
    const conditions = [
      ...(incremental && field ? [boundsCondition(field, incremental)] : []),
      ...(filter === null ? [] : [whereCondition(filter, byName)]),
    ]
    const where = conditions.map((sql) => `(${sql})`).join(' AND ') || 'TRUE'
    const [{ count }] = await session.rows<{ count: number | string }>(
      `SELECT COUNT(*) AS count FROM ${placeOf(ctx, stream.name)} WHERE ${where}`
    )
    return Number(count)
  } finally {
    await session.close()
  }
}
