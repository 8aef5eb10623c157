import { ConnectorError, type Context, type WriteBatch } from '#sdk'
import { chooseKey } from '../choose_key.js'
import type { Column } from '../column.js'
import { loadTable, type Table } from '../load_table.js'
import type { Session } from '../open_session.js'
import { placeOf } from '../place_of.js'

/** The table that is written, and what its rows are recognised by. */
export interface Target {
  table: Table
  /** With its schema, for SQL. */
  place: string
  byName: Map<string, Column>
  key: Column[]
  /** The columns that records are matched by; null where only ids are. */
  match: Column[] | null
}

const known = new WeakMap<Context, Map<string, Table>>()

/** Asks for the table once in a run. */
export async function targetOf(ctx: Context, session: Session, batch: WriteBatch): Promise<Target> {
  const { name } = batch.stream
  const tables = known.get(ctx) ?? new Map<string, Table>()
  known.set(ctx, tables)
  const table = tables.get(name) ?? (await loadTable(ctx, session, name))
  tables.set(name, table)
  if (!table.isWritable) {
    throw new ConnectorError(
      'config',
      `${name} is a view or lies elsewhere. Choose a table that can be written.`
    )
  }
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  const match = matchColumns(table, byName, batch)
  return { table, place: placeOf(ctx, name), byName, key: chooseKey(table), match }
}

function matchColumns(
  { name, indexes }: Table,
  byName: Map<string, Column>,
  { match, operation }: WriteBatch
): Column[] | null {
  if (match.by === 'id') return null
  const columns = match.fields.map((field) => columnOf(name, byName, field))
  const wanted = [...match.fields].sort().join('\n')
  const isUnique = indexes.some((index) => [...index].sort().join('\n') === wanted)
  if (isUnique || operation === 'insert') return columns
  const choice = indexes.map((index) => index.join(' with ')).join(', or ')
  throw new ConnectorError(
    'config',
    `${name} has no unique index over ${match.fields.join(' and ')}, so rows cannot be matched by it. Create one, or match by ${choice}.`
  )
}

export function columnOf(table: string, byName: Map<string, Column>, field: string): Column {
  const column = byName.get(field)
  if (column) return column
  throw new ConnectorError('config', `${table} has no column ${field}. Choose its fields again.`)
}
