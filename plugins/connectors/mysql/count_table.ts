import type { Context, ReadQuery, StreamDescription } from '#sdk'
import { escapeId } from 'mysql2'
import { loadTable } from './load_table.js'
import { openSession } from './open_session.js'
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
    const { columns } = await loadTable(session, stream.name)
    const byName = new Map(columns.map((column) => [column.name, column]))
    const field = incremental === null ? undefined : byName.get(incremental.field)
    const conditions = [
      ...(incremental && field ? [boundsCondition(field, incremental)] : []),
      ...(filter === null ? [] : [whereCondition(filter, byName).sql]),
    ]
    const where = conditions.map((sql) => `(${sql})`).join(' AND ') || 'TRUE'
    const [{ count }] = await session.rows<{ count: number | string }>(
      `SELECT COUNT(*) AS count FROM ${escapeId(stream.name, true)} WHERE ${where}`
    )
    return Number(count)
  } finally {
    await session.close()
  }
}
