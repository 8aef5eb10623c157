import { escapeLiteral } from 'pg'
import { ConnectorError, type Context } from '#sdk'
import { toColumn, type Column, type ColumnRow } from './column.js'
import type { Session } from './open_session.js'
import { placeOf } from './place_of.js'

export interface Table {
  name: string
  columns: Column[]
  /** The unique indexes, each with its columns in order. The primary key comes first. */
  indexes: string[][]
  /** The columns of each unique index, by its name. */
  indexNames: Map<string, string[]>
  isWritable: boolean
}

/** A domain is read as the type below it. */
const COLUMNS = `SELECT a.attname AS name, bt.typname AS type, bt.typtype AS sort,
  bt.typcategory AS category, format_type(bt.oid, -1) AS cast,
  CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS modifier,
  (a.attnotnull OR t.typnotnull)::int AS filled, (d.oid IS NOT NULL)::int AS given,
  a.attidentity AS identity, a.attgenerated AS generated, col_description(c.oid, a.attnum) AS comment,
  (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_enum e
    WHERE e.enumtypid = bt.oid) AS labels, c.relkind AS kind
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  JOIN pg_type bt ON bt.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum`

const INDEXES = `SELECT i.relname AS index, json_agg(a.attname ORDER BY k.place)::text AS columns
  FROM pg_class c
  JOIN pg_index x ON x.indrelid = c.oid AND x.indisunique AND x.indisvalid
    AND x.indpred IS NULL AND x.indexprs IS NULL
  JOIN pg_class i ON i.oid = x.indexrelid
  CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(column_number, place)
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.column_number`

/** Asks the server what the table looks like now. */
export async function loadTable(ctx: Context, session: Session, name: string): Promise<Table> {
  const rows = await catalogueRows(ctx, session, name)
  const found = await session.rows<{ index: string; columns: string }>(
    `${INDEXES} WHERE ${isTable(ctx, name)} AND k.place <= x.indnkeyatts
     GROUP BY i.relname, x.indisprimary ORDER BY x.indisprimary DESC, i.relname`
  )
  const indexNames = new Map(
    found.map(({ index, columns }): [string, string[]] => [index, JSON.parse(columns)])
  )
  const indexes = [...indexNames.values()]
  const alone = new Set(indexes.filter((index) => index.length === 1).flat())
  const several = new Set(indexes.filter((index) => index.length > 1).flat())
  const columns = rows.map((row) => toColumn(row, alone.has(row.name)))
  for (const { field } of columns) {
    if (several.has(field.name) && !field.unique) field.matchable = true
  }
  return { name, columns, indexes, indexNames, isWritable: ['r', 'p'].includes(rows[0].kind) }
}

/** The columns alone: who reads knows the key already. */
export async function loadColumns(
  ctx: Context,
  session: Session,
  name: string
): Promise<Map<string, Column>> {
  const rows = await catalogueRows(ctx, session, name)
  return new Map(rows.map((row) => [row.name, toColumn(row, false)]))
}

function isTable(ctx: Context, name: string): string {
  const kinds = `c.relkind IN ('r', 'p', 'v', 'm', 'f')`
  return `c.oid = to_regclass(${escapeLiteral(placeOf(ctx, name))}) AND ${kinds}`
}

async function catalogueRows(ctx: Context, session: Session, name: string) {
  const rows = name.includes('\0')
    ? []
    : await session.rows<ColumnRow & { kind: string }>(
        `${COLUMNS} WHERE ${isTable(ctx, name)} ORDER BY a.attnum`
      )
  if (rows.length > 0) return rows
  throw new ConnectorError('config', `The schema has no table or view named ${name}.`)
}
