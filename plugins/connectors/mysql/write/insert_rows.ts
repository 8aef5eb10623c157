import { ConnectorError, type RecordOutcome, type RecordValues } from '#sdk'
import { escapeId } from 'mysql2'
import type { Session } from '../open_session.js'
import { heldRows } from './find_rows.js'
import { recordId } from './record_id.js'
import type { Row } from './row.js'
import { assigned } from './source_rows.js'
import { columnOf, type Target } from './target_table.js'

/** Puts rows in. An id that nobody gave is the one that the server made. */
export async function insertRows(
  session: Session,
  target: Target,
  rows: Row[]
): Promise<RecordOutcome[]> {
  for (const row of rows) takeId(target, row)
  const isGiven = (row: Row) => target.key.every(({ name }) => hasValue(row, name))
  const given = rows.filter(isGiven)
  await insert(session, target, given)
  const made = rows.filter((row) => !isGiven(row))
  const first = await insert(session, target, made)
  const ids = await madeIds(session, target, made, first)
  return [
    ...given.map((row) => created(row, recordId(target.key, plainOf(row)))),
    ...made.map((row, at) => created(row, ids[at])),
  ]
}

function created({ index }: Row, id: string): RecordOutcome {
  return { index, state: 'created', id }
}

/** With one statement. Answers the first number that the server gave. */
async function insert(
  session: Session,
  { table, byName }: Target,
  rows: Row[]
): Promise<number | string> {
  if (rows.length === 0) return 0
  const names = [...new Set(rows.flatMap((row) => [...row.cells.keys()]))]
  const columns = names.map((name) => columnOf(table.name, byName, name))
  const values = rows.map(({ cells }) => {
    const literals = columns.map((column) => {
      const cell = cells.get(column.name)
      return cell ? assigned(column, cell.literal) : 'DEFAULT'
    })
    return `(${literals.join(', ')})`
  })
  const list = names.map((name) => escapeId(name, true)).join(', ')
  const into = `${escapeId(table.name, true)} (${list})`
  const { insertId } = await session.change(`INSERT INTO ${into} VALUES ${values.join(', ')}`)
  return insertId
}

/** A record that is known by its id gets it, where the mapping names no other. */
function takeId({ key }: Target, row: Row): void {
  for (const [at, { name }] of key.entries()) {
    if (row.id && !hasValue(row, name)) row.cells.set(name, row.id[at])
  }
}

function hasValue(row: Row, name: string): boolean {
  return (row.cells.get(name)?.plain ?? null) !== null
}

function plainOf(row: Row): RecordValues {
  return Object.fromEntries([...row.cells].map(([name, cell]) => [name, cell.plain]))
}

async function madeIds(
  session: Session,
  target: Target,
  rows: Row[],
  first: number | string
): Promise<string[]> {
  if (rows.length === 0) return []
  const { key, match, table } = target
  if (key.length === 1 && key[0].isAuto && Number(first) !== 0) {
    const [{ step }] = await session.rows<{ step: number }>(
      'SELECT @@auto_increment_increment AS step'
    )
    return rows.map((_row, at) => String(BigInt(first) + BigInt(at) * BigInt(step)))
  }
  const asked = match && rows.map((row) => match.flatMap(({ name }) => row.cells.get(name) ?? []))
  if (!match || !asked?.every((cells) => cells.length === match.length)) {
    const names = key.map((column) => column.name).join(' and ')
    throw new ConnectorError(
      'config',
      `The database makes the key ${names} of ${table.name} and does not tell it. Map ${names}.`
    )
  }
  const search = { columns: match, wanted: key.map(({ name }) => name), locked: false }
  const found = await heldRows(session, target, search, asked)
  const ids = new Map(found.map(({ n, record }) => [n, recordId(key, record)]))
  return rows.map((_row, at) => ids.get(at) ?? '')
}
