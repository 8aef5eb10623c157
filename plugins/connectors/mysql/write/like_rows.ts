import type { RecordValues } from '#sdk'
import { escape, escapeId } from 'mysql2'
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

/**
 * Rows that are alike but for capitals and spaces at the ends. Where the columns forgive capitals,
 * those spaces count that a row holds: trimmed, no index would serve.
 */
export async function likeRows(
  session: Session,
  target: Target,
  search: Search,
  cells: Cell[][]
): Promise<RecordValues[]> {
  const bare = cells.map((row) => trimmed(row, search.columns))
  const others = bare.filter((row, n) => row.some((cell, at) => cell !== cells[n][at]))
  const asked = [...cells, ...others]
  if (search.columns.every(forgivesCase)) {
    const held = await heldRows(session, target, search, asked)
    return held.map(({ record }) => record)
  }
  const { table, byName } = target
  const selected = search.wanted.map((name) => columnOf(table.name, byName, name))
  const left = search.columns.map((column) => {
    const name = `t.${escapeId(column.name, true)}`
    return column.charset === null ? name : folded(name)
  })
  const right = asked.map((row) => {
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

/** Texts without blanks at their ends, as the engine compares; TRIM knows of spaces only. */
function trimmed(row: Cell[], columns: Column[]): Cell[] {
  return row.map((cell, at) => {
    const { plain } = cell
    if (columns[at].charset === null || typeof plain !== 'string') return cell
    const text = plain.trim()
    return text === plain ? cell : { literal: escape(text), plain: text }
  })
}

function folded(value: string): string {
  return `LOWER(TRIM(CONVERT(${value} USING utf8mb4))) COLLATE utf8mb4_bin`
}
