import { ConnectorError } from '#sdk'
import type { Column } from './column.js'
import type { Table } from './load_table.js'

const UNFIT = new Set(['approximate', 'json', 'array', 'padded'])

/** The columns that identify a record: the primary key, else a unique index without nulls. */
export function chooseKey(table: Table): Column[] {
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const key = table.indexes
    .map((names) => names.flatMap((name) => columns.get(name) ?? []))
    .find((index) => index.every((column) => !column.field.nullable && !UNFIT.has(column.kind)))
  if (key !== undefined) return key
  throw new ConnectorError(
    'config',
    `${table.name} has no primary key and no unique index without nulls, so its records cannot be told apart. Add a primary key to the table; read the table instead of a view.`
  )
}
