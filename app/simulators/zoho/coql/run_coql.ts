import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import { renderValue } from '../store/render_record.js'
import type { StoredRecord, StoredValue } from '../store/stored_record.js'
import { compileCondition } from './compile_condition.js'
import { coqlColumn, invalidQuery, type CoqlColumn } from './coql_column.js'
import type { CoqlQuery } from './coql_query.js'
import { findCandidates } from './find_candidates.js'
import { CoqlParser, limitExceeded } from './parse_coql.js'

const MOST_ROWS = 100_000

function readQuery(call: Call) {
  const { select_query: text } = call.json()
  if (typeof text !== 'string') {
    throw new ApiFault(400, 'MANDATORY_NOT_FOUND', 'required field not found', {
      api_name: 'select_query',
      json_path: '$.select_query',
    })
  }
  const query = new CoqlParser(text).parse()
  const { coqlRowsPerCall } = call.org.options
  if (query.limit > coqlRowsPerCall) throw limitExceeded('limit', coqlRowsPerCall)
  if (query.offset + query.limit > MOST_ROWS) throw limitExceeded('offset', MOST_ROWS)
  return query
}

/** 1, 2 or 3 credits by what the query's limit asks for. */
export function coqlCost(call: Call) {
  const { limit } = readQuery(call)
  return limit <= 200 ? 1 : limit <= 1_000 ? 2 : 3
}

function compareValues(a: StoredValue, b: StoredValue) {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}

function sortFound(org: SimulatedOrg, table: ModuleTable, query: CoqlQuery, rows: StoredRecord[]) {
  const orders = query.orderBy.map(({ column, isAscending }) => {
    return { column: coqlColumn(org, table, column), isAscending }
  })
  return rows.sort((a, b) => {
    for (const { column, isAscending } of orders) {
      const order = compareValues(column.read(a), column.read(b))
      if (order !== 0) return isAscending ? order : -order
    }
    return compareValues(a.id, b.id)
  })
}

function select(org: SimulatedOrg, table: ModuleTable, query: CoqlQuery) {
  const test = compileCondition(org, table, query.where)
  const isSorted = query.orderBy.length > 0
  const enough = isSorted ? Number.POSITIVE_INFINITY : query.offset + query.limit + 1
  const found: StoredRecord[] = []
  for (const record of findCandidates(table, query.where) ?? table.rows()) {
    if (test(record)) found.push(record)
    if (found.length >= enough) break
  }
  return isSorted ? sortFound(org, table, query, found) : found
}

function renderRow(org: SimulatedOrg, record: StoredRecord, columns: readonly CoqlColumn[]) {
  const row: Record<string, unknown> = {}
  for (const { name, field, read } of columns) row[name] = renderValue(org, field, read(record))
  row.id = record.id
  return row
}

export function runCoql(call: Call): Reply {
  const { org } = call
  const query = readQuery(call)
  const table = org.store.tables.get(query.module)
  if (!table) throw invalidQuery(query.module, 'module given seems to be invalid')
  const columns = query.columns.map((name) => coqlColumn(org, table, name))
  const found = select(org, table, query)
  const shown = found.slice(query.offset, query.offset + query.limit)
  if (shown.length === 0) return { status: 204 }
  const data = shown.map((record) => renderRow(org, record, columns))
  const isMore = found.length > query.offset + shown.length
  return { status: 200, body: { data, info: { count: shown.length, more_records: isMore } } }
}
