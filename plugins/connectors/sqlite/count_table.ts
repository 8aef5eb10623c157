import type { Context, ReadQuery, StreamDescription } from '#sdk'
import type { Stored } from './convert_value.js'
import { loadTable } from './load_table.js'
import { quoteName, withDatabase } from './open_database.js'
import { boundsCondition } from './page_statement.js'
import { whereCondition } from './where_condition.js'

/** As many as SQL lets pass; what it leaves to the reader counts too. */
export function countTable(
  ctx: Context,
  stream: StreamDescription,
  { filter, incremental }: ReadQuery
): Promise<number> {
  return withDatabase(ctx, (db) => {
    const { columns } = loadTable(db, stream.name)
    const byName = new Map(columns.map((column) => [column.name, column]))
    const field = incremental === null ? undefined : byName.get(incremental.field)
    const conditions = [
      ...(incremental && field ? [boundsCondition(field, incremental)] : []),
      ...(filter === null ? [] : [whereCondition(filter, byName)]),
    ]
    const where = conditions.map(({ sql }) => `(${sql})`).join(' AND ') || 'TRUE'
    const count = db
      .prepare<Stored[], Stored>(`SELECT COUNT(*) FROM ${quoteName(stream.name)} WHERE ${where}`)
      .pluck()
      .get(...conditions.flatMap(({ values }) => values))
    return Number(count)
  })
}
