import { ConnectorError, type Context, type Page, type ReadQuery } from '#sdk'
import type { RecordValues, StreamDescription } from '#sdk'
import { chooseKey } from './choose_key.js'
import type { Column } from './column.js'
import { rowConverter, type Row } from './convert_row.js'
import { loadTable } from './load_table.js'
import { filterFields, matchesFilter } from './matches_filter.js'
import { openSession, type Session } from './open_session.js'
import { boundsCondition, pageOrder, pageStatement, positionOf } from './page_statement.js'
import { whereCondition } from './where_condition.js'

export async function* readTable(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  const session = await openSession(ctx)
  try {
    yield* readPages(session, await planRead(session, stream.name, query), query)
  } finally {
    await session.close()
  }
}

interface ReadPlan {
  table: string
  columns: Column[]
  order: Column[]
  conditions: string[]
  /** What SQL could not decide. */
  rest: ((record: RecordValues) => RecordValues[]) | null
}

async function planRead(session: Session, name: string, query: ReadQuery): Promise<ReadPlan> {
  const table = await loadTable(session, name)
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  const pick = (field: string) => {
    const column = byName.get(field)
    if (column === undefined) {
      throw new ConnectorError('config', `${name} has no column ${field}. Choose its fields again.`)
    }
    return column
  }
  const { filter, incremental } = query
  const field = incremental === null ? null : pick(incremental.field)
  const order = pageOrder(chooseKey(table), field)
  const wanted = new Set([...query.fields.map(pick), ...order])
  const condition = filter === null ? null : whereCondition(filter, byName)
  const conditions = condition === null ? [] : [condition.sql]
  if (incremental && field) conditions.unshift(boundsCondition(field, incremental))
  if (filter === null || condition?.exact !== false) {
    return { table: name, columns: [...wanted], order, conditions, rest: null }
  }
  const extra = [...new Set(filterFields(filter).map(pick))].filter((column) => !wanted.has(column))
  const rest = (record: RecordValues) => {
    if (!matchesFilter(filter, record)) return []
    for (const column of extra) delete record[column.name]
    return [record]
  }
  return { table: name, columns: [...wanted, ...extra], order, conditions, rest }
}

async function* readPages(
  session: Session,
  plan: ReadPlan,
  query: ReadQuery
): AsyncGenerator<Page> {
  const convert = rowConverter(plan.columns)
  let cursor = query.cursor
  for (;;) {
    const statement = pageStatement(plan.table, plan.columns, plan.order, plan.conditions, cursor)
    const rows = await session.rows<Row>(statement(query.pageSize))
    const last = rows.at(-1)
    if (last === undefined) return
    cursor = positionOf(last, plan.order)
    const records = rows.map(convert)
    yield { records: plan.rest ? records.flatMap(plan.rest) : records, cursor }
    if (rows.length < query.pageSize) return
  }
}
