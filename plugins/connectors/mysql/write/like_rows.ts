import type { RecordValues } from '#sdk'
import { escapeId } from 'mysql2'
import type { Column } from '../column.js'
import { rowConverter, type Row as RawRow } from '../convert_row.js'
import type { Session } from '../open_session.js'
import type { Cell } from './cell.js'
import { heldRows, type Search } from './find_rows.js'
import { cast } from './source_rows.js'
import { columnOf, type Target } from './target_table.js'

/** Whether the column itself takes capitals for small letters; then its index serves. */
function forgivesCase({ collation }: Column): boolean {
  return collation === null || /_ci(_|$)/.test(collation)
}

/** Rows that are alike but for capitals, and spaces at the ends where a column tells capitals apart. */
export async function likeRows(
  session: Session,
  target: Target,
  search: Search,
  cells: Cell[][]
): Promise<RecordValues[]> {
  if (search.columns.every(forgivesCase)) {
    const held = await heldRows(session, target, search, cells)
    return held.map(({ record }) => record)
  }
  const { table, byName } = target
  const selected = search.wanted.map((name) => columnOf(table.name, byName, name))
  const left = search.columns.map((column) => {
    const name = `t.${escapeId(column.name, true)}`
    return column.charset === null ? name : folded(name)
  })
  const right = cells.map((row) => {
    const values = row.map(({ literal }, at) => {
      const column = search.columns[at]
      return column.charset === null ? cast(column, literal) : folded(literal)
    })
    return `(${values.join(', ')})`
  })
  const rows = await session.change<RawRow[]>(
    `SELECT ${selected.map(({ select }) => select).join(', ')}
     FROM ${escapeId(table.name, true)} AS t WHERE (${left.join(', ')}) IN (${right.join(', ')})`
  )
  return rows.map(rowConverter(selected))
}

function folded(value: string): string {
  return `LOWER(TRIM(CONVERT(${value} USING utf8mb4))) COLLATE utf8mb4_bin`
}
