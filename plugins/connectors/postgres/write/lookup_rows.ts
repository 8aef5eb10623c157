import type { Context, Found, WriteBatch } from '#sdk'
import type { Column } from '../column.js'
import { openSession, type Session } from '../open_session.js'
import { RowRefusal } from '../row_refusal.js'
import { heldRows, type Search } from './find_rows.js'
import type { Cell } from './cell.js'
import { recordId } from './record_id.js'
import { prepareRows, type Row } from './row.js'
import { columnOf, targetOf, type Target } from './target_table.js'

/** Finds rows by what they are matched by; where that is a key which nobody knows, by all they hold. */
export async function lookupRows(
  ctx: Context,
  batch: WriteBatch
): Promise<{ found: Found[]; certain: boolean }> {
  const session = await openSession(ctx)
  try {
    const target = await targetOf(ctx, session, batch)
    const found: Found[] = []
    for (const rows of prepareRows(target, batch).groups) {
      for (const { columns, members } of waysToFind(target, rows)) {
        const cells = members.map(
          (row) =>
            idCells(target, row, columns) ??
            columns.flatMap(({ name }) => row.cells.get(name) ?? [])
        )
        const search = { columns, wanted: target.key.map(({ name }) => name), locked: false }
        for (const { n, record } of await heldWhere(session, target, search, cells)) {
          found.push({ index: members[n].index, id: recordId(target.key, record) })
        }
      }
    }
    return { found, certain: true }
  } finally {
    await session.close()
  }
}

function idCells({ key }: Target, row: Row, columns: Column[]) {
  return columns === key ? row.id : null
}

interface Way {
  columns: Column[]
  members: Row[]
}

function waysToFind(target: Target, rows: Row[]): Way[] {
  const known = rows.filter((row) => row.id !== null)
  const others = rows.filter((row) => row.id === null)
  const ways = new Map<string, Way>()
  if (known.length > 0) ways.set('id', { columns: target.key, members: known })
  for (const row of others) {
    const columns = columnsOf(target, row)
    const name = columns.map((column) => column.name).join('\n')
    const way = ways.get(name)
    if (way) way.members.push(row)
    else if (columns.length > 0) ways.set(name, { columns, members: [row] })
  }
  return [...ways.values()]
}

const INCOMPARABLE = new Set(['json', 'array', 'approximate', 'other'])

function columnsOf({ match, key, table, byName }: Target, { cells }: Row): Column[] {
  const isFilled = ({ name }: Column) => (cells.get(name)?.plain ?? null) !== null
  const unique = match ?? key
  if (unique.every(isFilled)) return unique
  const columns = [...cells.keys()].map((name) => columnOf(table.name, byName, name))
  return columns.filter((column) => isFilled(column) && !INCOMPARABLE.has(column.kind))
}

/** A value that its column cannot hold is in no row: what is asked with it is asked apart. */
export async function heldWhere(
  session: Session,
  target: Target,
  search: Search,
  cells: Cell[][]
): ReturnType<typeof heldRows> {
  try {
    return await heldRows(session, target, search, cells)
  } catch (error) {
    if (!(error instanceof RowRefusal)) throw error
    if (cells.length === 1) return []
    const half = cells.length >> 1
    const first = await heldWhere(session, target, search, cells.slice(0, half))
    const second = await heldWhere(session, target, search, cells.slice(half))
    return [...first, ...second.map(({ n, record }) => ({ n: n + half, record }))]
  }
}
