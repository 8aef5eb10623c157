import type { RecordValues } from '#sdk'
import type { Column } from '../column.js'
import { rowConverter, type Row as RawRow } from '../convert_row.js'
import type { Session } from '../open_session.js'
import type { Cell } from './cell.js'
import type { Row } from './row.js'
import { equals, sourceRows } from './source_rows.js'
import { columnOf, type Target } from './target_table.js'

interface Asked {
  row: Row
  cells: Cell[]
}

/** Finds and locks what the table holds already: by id where one is known, else by what records are matched by. */
export async function findRows(session: Session, target: Target, rows: Row[]): Promise<void> {
  const byId = rows.flatMap((row) => (row.id ? [{ row, cells: row.id }] : []))
  await hold(session, target, target.key, byId)
  const columns = target.match ?? target.key
  const others = rows.filter((row) => row.held === null)
  const asked = others.flatMap((row) => ownCells(row, columns))
  await hold(session, target, columns, asked)
}

function ownCells(row: Row, columns: Column[]): Asked[] {
  const cells = columns.flatMap(({ name }) => row.cells.get(name) ?? [])
  const isWhole = cells.length === columns.length && cells.every((cell) => cell.plain !== null)
  return isWhole ? [{ row, cells }] : []
}

async function hold(
  session: Session,
  target: Target,
  columns: Column[],
  asked: Asked[]
): Promise<void> {
  if (asked.length === 0) return
  const mapped = [...asked[0].row.cells.keys()]
  const wanted = [...new Set([...target.key.map((column) => column.name), ...mapped])]
  const cells = asked.map((each) => each.cells)
  const found = await heldRows(session, target, { columns, wanted, locked: true }, cells)
  for (const { n, record } of found) asked[n].row.held = record
}

export interface Search {
  columns: Column[]
  wanted: string[]
  locked: boolean
  /** As the columns compare, by default. */
  compare?: typeof equals
}

export async function heldRows(
  session: Session,
  { table, place, byName }: Target,
  { columns, wanted, locked, compare = equals }: Search,
  cells: Cell[][]
): Promise<Array<{ n: number; record: RecordValues }>> {
  const selected = wanted.map((name) => columnOf(table.name, byName, name))
  const on = columns.map((column, at) => compare(column, at)).join(' AND ')
  const list = ['crossdock_n', ...selected.map((column) => column.select)].join(', ')
  const rows = await session.change<RawRow>(
    `SELECT ${list} FROM ${sourceRows(cells)} JOIN ${place} AS t ON ${on}${locked ? ' FOR UPDATE OF t' : ''}`
  )
  const convert = rowConverter(selected)
  return rows.map(({ crossdock_n: n, ...row }) => ({ n: Number(n), record: convert(row) }))
}
