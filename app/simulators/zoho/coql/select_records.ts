import type { Call } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord } from '../store/stored_record.js'
import { viewTest } from '../records/view_test.js'
import { compareValues } from './compare_values.js'
import { compileCondition } from './compile_condition.js'
import { coqlColumn } from './coql_column.js'
import type { CoqlQuery } from './coql_query.js'
import { scanRows } from './scan_rows.js'

/** Records that fit, in the wanted order or not, as said; no more than are needed. */
export function findRecords(call: Call, table: ModuleTable, query: CoqlQuery, enough: number) {
  const test = compileCondition(call.org, table, query.where)
  const isInView = query.view === null ? () => true : viewTest(call, table, query.view)
  const { rows, start, isOrdered } = scanRows(table, query)
  const most = isOrdered ? enough : Number.POSITIVE_INFINITY
  const found: StoredRecord[] = []
  for (let at = start; at < rows.length && found.length < most; at += 1) {
    if (test(rows[at]) && isInView(rows[at])) found.push(rows[at])
  }
  return { found, isOrdered }
}

/** The column an order names, by its alias too. */
function orderColumn(query: CoqlQuery, name: string) {
  return query.terms.find(({ alias }) => alias === name)?.column ?? name
}

export function sortRecords(
  { org }: Call,
  table: ModuleTable,
  query: CoqlQuery,
  rows: StoredRecord[]
) {
  const orders = query.orderBy.map(({ column, isAscending }) => {
    return { column: coqlColumn(org, table, orderColumn(query, column)), isAscending }
  })
  return rows.sort((a, b) => {
    for (const { column, isAscending } of orders) {
      const order = compareValues(column.read(a), column.read(b))
      if (order !== 0) return isAscending ? order : -order
    }
    return compareValues(a.id, b.id)
  })
}
