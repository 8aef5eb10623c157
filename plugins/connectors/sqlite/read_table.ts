import { setImmediate as breathe } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { ConnectorError, type Context, type Page, type ReadQuery } from '#sdk'
import type { RecordValues, StreamDescription } from '#sdk'
import type { Column } from './column.js'
import { convertValue, toCursor, type Stored } from './convert_value.js'
import { loadTable } from './load_table.js'
import { filterFields, matchesFilter } from './matches_filter.js'
import { explainFailure, openDatabase, quoteName } from './open_database.js'
import { afterCondition, boundsCondition, pageOrder, type OrderPart } from './page_statement.js'
import { whereCondition, type Condition } from './where_condition.js'

export async function* readTable(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  ctx.signal.throwIfAborted()
  const db = await openDatabase(ctx)
  try {
    const plan = planRead(db, stream.name, query)
    let cursor = query.cursor
    for (;;) {
      const page = readPage(db, plan, cursor, query.pageSize)
      if (page === null) return
      yield page
      cursor = page.cursor
      await breathe()
      ctx.signal.throwIfAborted()
    }
  } catch (error) {
    throw explainFailure(error, ctx)
  } finally {
    db.close()
  }
}

interface ReadPlan {
  table: string
  columns: Column[]
  order: OrderPart[]
  conditions: Condition[]
  /** What SQL could not decide. */
  rest: ((record: RecordValues) => RecordValues[]) | null
}

function planRead(db: Database, name: string, query: ReadQuery): ReadPlan {
  const table = loadTable(db, name)
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  const pick = (field: string) => {
    const column = byName.get(field)
    if (column) return column
    throw new ConnectorError('config', `${name} has no column ${field}. Choose its fields again.`)
  }
  const { filter, incremental } = query
  const field = incremental === null ? null : pick(incremental.field)
  const keys = table.key.map((column) => column.name)
  const names = [...query.fields, ...keys, ...(field ? [field.name] : [])]
  const columns = [...new Set(names.map(pick))]
  const conditions: Condition[] = []
  if (incremental && field) conditions.push(boundsCondition(field, incremental))
  if (filter !== null) conditions.push(whereCondition(filter, byName))
  const plan = { table: name, columns, order: pageOrder(table.key, field), conditions, rest: null }
  if (filter === null || conditions.every((condition) => condition.exact)) return plan
  const extra = [...new Set(filterFields(filter).map(pick))].filter((one) => !columns.includes(one))
  const rest = (record: RecordValues) => {
    if (!matchesFilter(filter, record)) return []
    for (const column of extra) delete record[column.name]
    return [record]
  }
  return { ...plan, columns: [...columns, ...extra], rest }
}

function readPage(
  db: Database,
  { table, columns, order, conditions, rest }: ReadPlan,
  cursor: Page['cursor'],
  pageSize: number
): Page | null {
  const all = cursor === null ? conditions : [...conditions, afterCondition(order, cursor)]
  const where = all.length === 0 ? '' : ` WHERE ${all.map(({ sql }) => sql).join(' AND ')}`
  const sorted = order.map(({ sql }) => sql)
  const selected = [...columns.map(({ name }) => quoteName(name)), ...sorted].join(', ')
  const rows = db
    .prepare<Stored[], Stored[]>(
      `SELECT ${selected} FROM ${quoteName(table)}${where} ORDER BY ${sorted.join(', ')} LIMIT ?`
    )
    .raw()
    .all(...all.flatMap(({ values }) => values), BigInt(pageSize))
  const last = rows.at(-1)
  if (last === undefined) return null
  const records = rows.map((row) => toRecord(row, columns))
  return {
    records: rest ? records.flatMap(rest) : records,
    cursor: last.slice(columns.length).map(toCursor),
  }
}

function toRecord(row: Stored[], columns: Column[]): RecordValues {
  const record: RecordValues = {}
  for (const [at, column] of columns.entries()) record[column.name] = convertValue(row[at], column)
  return record
}
