import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import { renderColumn } from './render_column.js'
import { compareValues } from './compare_values.js'
import { checkJoins } from './check_joins.js'
import { coqlColumn } from './coql_column.js'
import type { CoqlQuery } from './coql_query.js'
import { groupRows } from './group_rows.js'
import { limitExceeded } from './limit_exceeded.js'
import { metaOf, wantsMeta } from './meta_of.js'
import { parseCoql } from './parse_coql.js'
import { findRecords, sortRecords } from './select_records.js'
import { termName } from './term_name.js'

function readQuery(call: Call) {
  const { select_query: text } = call.json()
  if (typeof text !== 'string') {
    throw new ApiFault(400, 'MANDATORY_NOT_FOUND', 'required field not found', {
      api_name: 'select_query',
      json_path: '$.select_query',
    })
  }
  const query = parseCoql(text)
  const { coqlRowsPerCall, coqlRows } = call.org.options
  if (query.limit > coqlRowsPerCall) throw limitExceeded('limit', coqlRowsPerCall)
  if (query.limit === 0) throw new ApiFault(400, 'INVALID_DATA', 'limit should be greater than 0')
  if (query.offset + query.limit > coqlRows) throw limitExceeded('offset', coqlRows)
  checkJoins(query, call.org.options)
  wantsMeta(call)
  return query
}

/** 1, 2 or 3 credits by what the query's limit asks for. */
export function coqlCost(call: Call) {
  const { limit } = readQuery(call)
  return limit <= 200 ? 1 : limit <= 1_000 ? 2 : 3
}

function answer(rows: readonly unknown[], { offset, limit }: CoqlQuery): Reply {
  const data = rows.slice(offset, offset + limit)
  if (data.length === 0) return { status: 204 }
  const isMore = rows.length > offset + data.length
  return { status: 200, body: { data, info: { count: data.length, more_records: isMore } } }
}

function runGrouped(call: Call, table: ModuleTable, query: CoqlQuery): Reply {
  const { found } = findRecords(call, table, query, Number.POSITIVE_INFINITY)
  const groups = groupRows(call.org, table, query, found)
  const orders = query.orderBy.map((order) => {
    const name = termName({ ...order, alias: null })
    return { name, isAscending: order.isAscending }
  })
  groups.sort((a, b) => {
    for (const { name, isAscending } of orders) {
      const order = compareValues(a.values.get(name) ?? null, b.values.get(name) ?? null)
      if (order !== 0) return isAscending ? order : -order
    }
    return 0
  })
  return answer(
    groups.map(({ row }) => row),
    query
  )
}

function runPlain(call: Call, table: ModuleTable, query: CoqlQuery): Reply {
  const { org } = call
  const columns = query.terms.map((term) => {
    return { key: termName(term), column: coqlColumn(org, table, term.column) }
  })
  const enough = query.offset + query.limit + 1
  const { found, isOrdered } = findRecords(call, table, query, enough)
  const sorted = isOrdered ? found : sortRecords(call, table, query, found)
  const { status, body } = answer(sorted, query)
  if (status === 204) return { status }
  const data = sorted.slice(query.offset, query.offset + query.limit).map((record) => {
    const row: Record<string, unknown> = {}
    for (const { key, column } of columns) {
      row[key] = renderColumn(call, column, record)
    }
    row.id = record.id
    return row
  })
  const meta = wantsMeta(call) ? metaOf(call, table, query) : {}
  return { status, body: { ...(body as object), data, ...meta } }
}

export function runCoql(call: Call): Reply {
  const query = readQuery(call)
  const table = call.org.store.tables.get(query.module)
  if (!table) {
    throw new ApiFault(400, 'INVALID_MODULE', 'the given module is not supported in api')
  }
  const isGrouped =
    query.groupBy.length > 0 || query.terms.some(({ aggregate }) => aggregate !== null)
  return isGrouped ? runGrouped(call, table, query) : runPlain(call, table, query)
}
