import type { RecordOutcome, RecordValues } from '#sdk'
import { escapeIdentifier } from 'pg'
import type { Session } from '../open_session.js'
import { keyCells, type Row } from './row.js'
import { recordId } from './record_id.js'
import { sameValue } from './same_value.js'
import { equals, sourceRows, valueOf } from './source_rows.js'
import { columnOf, type Target } from './target_table.js'

/** A row together with what the table holds for it. */
type Known = Row & { held: RecordValues }

/** Changes with one statement what differs. */
export async function updateRows(
  session: Session,
  target: Target,
  rows: Row[]
): Promise<RecordOutcome[]> {
  const known = rows.filter((row): row is Known => row.held !== null)
  const { once, twins } = withoutTwins(target, known)
  const changed = once.filter((row) => differs(target, row))
  await change(session, target, changed)
  const changes = new Set(changed)
  const done = once.map((row): RecordOutcome => ({
    index: row.index,
    state: changes.has(row) ? 'updated' : 'unchanged',
    id: recordId(target.key, { ...row.held, ...keyValues(target, row) }),
  }))
  return [...done, ...twins]
}

/** Two records of a batch that are one row of the table: which should it be? */
function withoutTwins({ key }: Target, rows: Known[]) {
  const seen = new Set<string>()
  const once: Known[] = []
  const twins: RecordOutcome[] = []
  for (const row of rows) {
    const id = recordId(key, row.held)
    if (!seen.has(id)) once.push(row)
    else {
      const message = `Another record of the same batch is row ${id} of the table already.`
      twins.push({ index: row.index, state: 'rejected', code: 'DUPLICATE_DATA', message })
    }
    seen.add(id)
  }
  return { once, twins }
}

function differs({ byName, table }: Target, { cells, held }: Known): boolean {
  return [...cells].some(
    ([name, cell]) => !sameValue(columnOf(table.name, byName, name), held[name], cell.plain)
  )
}

function keyValues({ key }: Target, { cells }: Row): RecordValues {
  return Object.fromEntries(
    key.flatMap(({ name }) => {
      const plain = cells.get(name)?.plain ?? null
      return plain === null ? [] : [[name, plain]]
    })
  )
}

async function change(session: Session, target: Target, rows: Known[]): Promise<void> {
  if (rows.length === 0) return
  const { key, table, byName, place } = target
  const columns = [...rows[0].cells.keys()].map((name) => columnOf(table.name, byName, name))
  // A null in a key that the server makes asks for a new one, and the row has its own already.
  const set = columns.filter((column) => !(key.includes(column) && isNull(rows, column.name)))
  if (set.length === 0) return
  const source = rows.map(({ cells, held }) => [
    ...(keyCells(target, recordId(key, held)) ?? []),
    ...set.flatMap(({ name }) => cells.get(name) ?? []),
  ])
  const on = key.map((column, at) => equals(column, at)).join(' AND ')
  const changes = set.map(
    (column, at) => `${escapeIdentifier(column.name)} = ${valueOf(column, key.length + at)}`
  )
  await session.change(
    `UPDATE ${place} AS t SET ${changes.join(', ')} FROM ${sourceRows(source)} WHERE ${on}`
  )
}

function isNull(rows: Row[], name: string): boolean {
  return rows.every((row) => row.cells.get(name)?.plain === null)
}
