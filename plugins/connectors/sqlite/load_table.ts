import type { Database } from 'better-sqlite3'
import { ConnectorError } from '#sdk'
import { toColumn, type Column, type ColumnRow } from './column.js'
import { quoteName } from './open_database.js'

export interface Table {
  name: string
  columns: Column[]
  key: Column[]
}

interface IndexRow {
  name: string
  unique: bigint
  origin: string
  partial: bigint
}

interface KeyPart {
  name: string | null
  coll: string
}

export function loadTable(db: Database, name: string): Table {
  const rows = db.prepare<[string], ColumnRow>('SELECT * FROM pragma_table_info(?)').all(name)
  if (rows.length === 0) {
    throw new ConnectorError('config', `The file has no table named ${name}.`)
  }
  const indexes = uniqueIndexes(db, name)
  const whole = rows.filter((row) => row.pk > 0n).sort((a, b) => Number(a.pk - b.pk))
  const alone = new Set(indexes.filter((parts) => parts.length === 1).map(([part]) => part.name))
  if (whole.length === 1) alone.add(whole[0].name)
  const columns = rows.map((row) => toColumn(row, alone.has(row.name)))
  const byName = new Map(columns.map((column) => [column.name, column]))
  const candidates: Column[][] = indexes.map((parts) =>
    parts.flatMap(({ name: part, coll }) => {
      const column = byName.get(part ?? '')
      return column ? [{ ...column, collation: coll }] : []
    })
  )
  // The primary key has no index of its own where it is the rowid.
  if (whole.length === 1 && !candidates.some((key) => isKey(key, whole))) {
    candidates.unshift(columns.filter((column) => column.name === whole[0].name))
  }
  const key = chooseKey(candidates, whole)
  if (key !== undefined) return { name, columns, key: refuseNulls(db, name, key) }
  throw new ConnectorError(
    'config',
    `${name} has no primary key and no unique index without nulls, so its records cannot be told apart. Add a primary key to the table.`
  )
}

function chooseKey(candidates: Column[][], whole: ColumnRow[]): Column[] | undefined {
  return (
    candidates.find((key) => isKey(key, whole)) ??
    candidates.find((key) => key.length > 0 && key.every((column) => !column.field.nullable))
  )
}

function isKey(key: Column[], whole: ColumnRow[]): boolean {
  return (
    whole.length > 0 &&
    key.length === whole.length &&
    key.every((column, at) => column.name === whole[at].name)
  )
}

function uniqueIndexes(db: Database, table: string): KeyPart[][] {
  const indexes = db
    .prepare<[string], IndexRow>('SELECT name, "unique", origin, partial FROM pragma_index_list(?)')
    .all(table)
    .filter((index) => index.unique === 1n && index.partial === 0n)
  const parts = db.prepare<[string], KeyPart>(
    'SELECT name, coll FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno'
  )
  return indexes
    .map((index) => parts.all(index.name))
    .filter((columns) => columns.every((part) => part.name !== null))
}

/** SQLite lets nulls into a primary key, and such records would be passed over. */
function refuseNulls(db: Database, table: string, key: Column[]): Column[] {
  const missing = key.map((column) => `${quoteName(column.name)} IS NULL`).join(' OR ')
  const found = db.prepare(`SELECT 1 FROM ${quoteName(table)} WHERE ${missing} LIMIT 1`).get()
  if (found === undefined) return key
  const names = key.map((column) => column.name).join(', ')
  throw new ConnectorError(
    'config',
    `${table} has records without a value in its key (${names}). Give each record one.`
  )
}
