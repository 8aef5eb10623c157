import { escapeIdentifier } from 'pg'
import type { RecordOutcome } from '#sdk'
import { rowConverter, type Row as RawRow } from '../convert_row.js'
import type { Session } from '../open_session.js'
import { recordId } from './record_id.js'
import type { Row } from './row.js'
import { columnOf, type Target } from './target_table.js'

/** Puts rows in with one statement, which answers their keys. */
export async function insertRows(
  session: Session,
  target: Target,
  rows: Row[]
): Promise<RecordOutcome[]> {
  if (rows.length === 0) return []
  const { table, byName, key, place } = target
  for (const row of rows) takeId(target, row)
  const names = [...new Set(rows.flatMap((row) => [...row.cells.keys()]))]
  const columns = names.map((name) => columnOf(table.name, byName, name))
  const values = rows.map(({ cells }) => {
    const literals = columns.map((column) => {
      const cell = cells.get(column.name)
      const isMade = cell === undefined || (cell.plain === null && isMadeKey(target, column.name))
      return isMade ? 'DEFAULT' : cell.literal
    })
    return `(${literals.join(', ')})`
  })
  const list = names.map(escapeIdentifier).join(', ')
  const ids = key.map((column) => column.select).join(', ')
  const answer = await session.change<RawRow>(
    `INSERT INTO ${place} (${list}) VALUES ${values.join(', ')} RETURNING ${ids}`
  )
  const convert = rowConverter(key)
  return answer.map((raw, at) => ({
    index: rows[at].index,
    state: 'created',
    id: recordId(key, convert(raw)),
  }))
}

function isMadeKey({ key }: Target, name: string): boolean {
  return key.some((column) => column.name === name && column.isGiven)
}

/** A record that is known by its id gets it, where the mapping names no other. */
function takeId({ key }: Target, row: Row): void {
  for (const [at, { name, field }] of key.entries()) {
    const hasOwn = (row.cells.get(name)?.plain ?? null) !== null
    if (row.id && !hasOwn && !field.readOnly) row.cells.set(name, row.id[at])
  }
}
