import { ConnectorError } from '#sdk'
import { escape } from 'mysql2'
import { toColumn, type Column, type ColumnRow } from './column.js'
import type { Session } from './open_session.js'

export interface IndexRow {
  name: string
  column: string | null
}

export interface Table {
  name: string
  columns: Column[]
  /** The unique indexes, each with its columns in order. The primary key comes first. */
  indexes: string[][]
  /** The columns of each unique index, by its name. */
  indexNames: Map<string, string[]>
  /** A table whose changes can be taken back; views and the like are read only. */
  isWritable: boolean
}

const COLUMNS = `SELECT COLUMN_NAME AS name, LOWER(DATA_TYPE) AS dataType,
  COLUMN_TYPE AS columnType, IS_NULLABLE AS nullable, COLUMN_COMMENT AS comment,
  CHARACTER_SET_NAME AS charset, COLLATION_NAME AS collation, EXTRA AS extra,
  COLUMN_DEFAULT IS NOT NULL AS hasDefault,
  COALESCE(GENERATION_EXPRESSION, '') <> '' AS isGenerated, CHARACTER_MAXIMUM_LENGTH AS length,
  NUMERIC_PRECISION AS digits, NUMERIC_SCALE AS scale, DATETIME_PRECISION AS timeDigits,
  VERSION() AS version FROM information_schema.COLUMNS`

/** Asks the server what the table looks like now. */
export async function loadTable(session: Session, name: string): Promise<Table> {
  const place = `TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ${escape(name)}`
  const rows = await session.rows<ColumnRow & { version: string }>(
    `${COLUMNS} WHERE ${place} ORDER BY ORDINAL_POSITION`
  )
  if (rows.length === 0) {
    throw new ConnectorError('config', `The database has no table or view named ${name}.`)
  }
  const indexes = await loadIndexes(session, place)
  const lists = [...indexes.values()]
  const alone = new Set(lists.filter((index) => index.length === 1).map(([column]) => column))
  const several = new Set(lists.filter((index) => index.length > 1).flat())
  const json = rows[0].version.includes('MariaDB') ? await loadJson(session, name) : new Set()
  const columns = rows.map((row) => toColumn(row, alone.has(row.name), json.has(row.name)))
  for (const { field } of columns) {
    if (several.has(field.name) && !field.unique) field.matchable = true
  }
  const isWritable = await canTakeBack(session, place)
  return { name, columns, indexes: lists, indexNames: indexes, isWritable }
}

async function canTakeBack(session: Session, place: string): Promise<boolean> {
  const rows = await session.rows(
    `SELECT 1 FROM information_schema.TABLES AS t
     JOIN information_schema.ENGINES AS e ON e.ENGINE = t.ENGINE AND e.TRANSACTIONS = 'YES'
     WHERE t.TABLE_TYPE = 'BASE TABLE' AND ${place}`
  )
  return rows.length > 0
}

/** MariaDB keeps JSON as text with a check. */
async function loadJson(session: Session, table: string): Promise<Set<string>> {
  const checks = await session.rows<{ clause: string }>(
    `SELECT CHECK_CLAUSE AS clause FROM information_schema.CHECK_CONSTRAINTS
     WHERE CONSTRAINT_SCHEMA = DATABASE() AND TABLE_NAME = ${escape(table)}`
  )
  const names = checks.flatMap(({ clause }) => /^json_valid\(`(.+)`\)$/.exec(clause)?.[1] ?? [])
  return new Set(names.map((name) => name.replaceAll('``', '`')))
}

async function loadIndexes(session: Session, place: string): Promise<Map<string, string[]>> {
  const rows = await session.rows<IndexRow>(
    `SELECT INDEX_NAME AS name, COLUMN_NAME AS \`column\` FROM information_schema.STATISTICS
     WHERE ${place} AND NON_UNIQUE = 0
     ORDER BY INDEX_NAME = 'PRIMARY' DESC, INDEX_NAME, SEQ_IN_INDEX`
  )
  const byName = new Map<string, Array<string | null>>()
  for (const row of rows) byName.set(row.name, [...(byName.get(row.name) ?? []), row.column])
  // An index over an expression has no column there.
  return new Map(
    [...byName].flatMap(([name, names]) => {
      const whole = names.filter((column) => column !== null)
      return whole.length === names.length ? [[name, whole] as const] : []
    })
  )
}
