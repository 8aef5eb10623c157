import { type RecordValues } from '#sdk'
import { escapeId } from 'mysql2'
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
  await hold(
    session,
    target,
    columns,
    others.flatMap((row) => ownCells(row, columns))
  )
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
  const found = await heldRows(
    session,
    target,
    { columns, wanted, locked: true },
    asked.map((each) => each.cells)
  )
  for (const { n, record } of found) asked[n].row.held = record
}

export interface Search {
  columns: Column[]
  wanted: string[]
  locked: boolean
}

export async function heldRows(
  session: Session,
  { table, byName }: Target,
  { columns, wanted, locked }: Search,
  cells: Cell[][]
): Promise<Array<{ n: number; record: RecordValues }>> {
  const selected = wanted.map((name) => columnOf(table.name, byName, name))
  const on = columns.map((column, at) => equals(column, at)).join(' AND ')
  const rows = await session.change<RawRow[]>(
    `SELECT STRAIGHT_JOIN crossdock_n, ${selected.map((column) => column.select).join(', ')}
     FROM ${sourceRows(cells)} JOIN ${escapeId(table.name, true)} AS t ON ${on}${locked ? ' FOR UPDATE' : ''}`
  )
  const convert = rowConverter(selected)
  return rows.map(({ crossdock_n: n, ...row }) => ({ n: Number(n), record: convert(row) }))
}
