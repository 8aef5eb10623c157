import { ConnectorError, type Context, type Page, type ReadQuery } from '#sdk'
import type { RecordValues, StreamDescription } from '#sdk'
import type { Column } from './column.js'
import { rowConverter, type Row } from './convert_row.js'
import { loadColumns } from './load_table.js'
import { filterFields, matchesFilter } from './matches_filter.js'
import { openSession, type Session } from './open_session.js'
import { placeOf } from './place_of.js'
import { boundsCondition, pageOrder, pageStatement, positionOf } from './page_statement.js'
import { whereCondition } from './where_condition.js'

export async function* readTable(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  const session = await openSession(ctx)
  try {
    yield* readPages(session, await planRead(ctx, session, stream, query), query)
  } finally {
    await session.close()
  }
}

interface ReadPlan {
  place: string
  columns: Column[]
  order: Column[]
  conditions: string[]
  /** SQL decides too widely. */
  rest: ((record: RecordValues) => RecordValues[]) | null
}

async function planRead(
  ctx: Context,
  session: Session,
  { name, key }: StreamDescription,
  query: ReadQuery
): Promise<ReadPlan> {
  const byName = await loadColumns(ctx, session, name)
  const pick = (field: string) => {
    const column = byName.get(field)
    if (column === undefined) {
      throw new ConnectorError('config', `${name} has no column ${field}. Choose its fields again.`)
    }
    return column
  }
  const { filter, incremental } = query
  const field = incremental === null ? null : pick(incremental.field)
  const order = pageOrder(key.map(pick), field)
  const wanted = new Set([...query.fields.map(pick), ...order])
  const conditions = filter === null ? [] : [whereCondition(filter, byName)]
  if (incremental && field) conditions.unshift(boundsCondition(field, incremental))
  const place = placeOf(ctx, name)
  if (filter === null) return { place, columns: [...wanted], order, conditions, rest: null }
  const extra = [...new Set(filterFields(filter).map(pick))].filter((column) => !wanted.has(column))
  const rest = (record: RecordValues) => {
    if (!matchesFilter(filter, record)) return []
    for (const column of extra) delete record[column.name]
    return [record]
  }
  return { place, columns: [...wanted, ...extra], order, conditions, rest }
}

async function* readPages(
  session: Session,
  plan: ReadPlan,
  query: ReadQuery
): AsyncGenerator<Page> {
  const convert = rowConverter(plan.columns)
  let cursor = query.cursor
  for (;;) {
    const statement = pageStatement(plan.place, plan.columns, plan.order, plan.conditions, cursor)
    const rows = await session.rows<Row>(statement(query.pageSize))
    const last = rows.at(-1)
    if (last === undefined) return
    cursor = positionOf(last, plan.order)
    const records = rows.map(convert)
    yield { records: plan.rest ? records.flatMap(plan.rest) : records, cursor }
    if (rows.length < query.pageSize) return
  }
}
