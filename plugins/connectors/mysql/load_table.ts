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
}

const COLUMNS = `SELECT c.COLUMN_NAME AS name, LOWER(c.DATA_TYPE) AS dataType,
  c.COLUMN_TYPE AS columnType, c.IS_NULLABLE AS nullable,
  c.COLUMN_COMMENT AS comment, c.CHARACTER_SET_NAME AS charset,
  c.CHARACTER_MAXIMUM_LENGTH AS length, c.NUMERIC_PRECISION AS digits, c.NUMERIC_SCALE AS scale,
  c.DATETIME_PRECISION AS timeDigits, %JSON% AS isJson
  FROM information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME = %TABLE%
  ORDER BY c.ORDINAL_POSITION`

const MARIADB_JSON = `(SELECT COUNT(*) FROM information_schema.CHECK_CONSTRAINTS k
  WHERE k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME
  AND k.CHECK_CLAUSE = CONCAT('json_valid(\`', c.COLUMN_NAME, '\`)'))`

/** Asks the server what the table looks like now. */
export async function loadTable(session: Session, name: string): Promise<Table> {
  const [server] = await session.rows<{ version: string }>('SELECT VERSION() AS version')
  const isMariaDb = server.version.includes('MariaDB')
  const sql = COLUMNS.replace('%JSON%', () => (isMariaDb ? MARIADB_JSON : '0')).replace(
    '%TABLE%',
    () => escape(name)
  )
  const rows = await session.rows<ColumnRow>(sql)
  if (rows.length === 0) {
    throw new ConnectorError('config', `The database has no table or view named ${name}.`)
  }
  const indexes = await loadIndexes(session, name)
  const columns = rows.map((row) =>
    toColumn(
      row,
      indexes.some((index) => index.length === 1 && index[0] === row.name)
    )
  )
  return { name, columns, indexes }
}

async function loadIndexes(session: Session, table: string): Promise<string[][]> {
  const rows = await session.rows<IndexRow>(
    `SELECT INDEX_NAME AS name, COLUMN_NAME AS \`column\` FROM information_schema.STATISTICS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ${escape(table)} AND NON_UNIQUE = 0
     ORDER BY INDEX_NAME = 'PRIMARY' DESC, INDEX_NAME, SEQ_IN_INDEX`
  )
  const byName = new Map<string, Array<string | null>>()
  for (const row of rows) byName.set(row.name, [...(byName.get(row.name) ?? []), row.column])
  // An index over an expression has no column there.
  return [...byName.values()].filter((names): names is string[] => !names.includes(null))
}
