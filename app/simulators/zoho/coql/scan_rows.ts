import { sortRows } from '../records/sort_rows.js'
import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord } from '../store/stored_record.js'
import { parseDatetime } from '../time/parse_time.js'
import type { CoqlQuery } from './coql_query.js'
import { findCandidates } from './find_candidates.js'
import { lowerBound } from './lower_bound.js'

/** Position of the first row that is not below, in rows that rise. */
function firstFrom(rows: readonly StoredRecord[], isBelow: (row: StoredRecord) => boolean) {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBelow(rows[middle])) low = middle + 1
    else high = middle
  }
  return low
}

function byId(table: ModuleTable, query: CoqlQuery) {
  const rows = table.rows()
  const least = lowerBound(query.where, 'id')
  return { rows, start: least === null ? 0 : firstFrom(rows, ({ id }) => id < least) }
}

function byTime(table: ModuleTable, query: CoqlQuery, by: 'Created_Time' | 'Modified_Time') {
  const rows = sortRows(table, { by, isAscending: true }, null, '')
  const at = parseDatetime(lowerBound(query.where, by) ?? '')
  const timeOf = ({ createdAt, modifiedAt }: StoredRecord) =>
    by === 'Created_Time' ? createdAt : modifiedAt
  return { rows, start: at === null ? 0 : firstFrom(rows, (row) => timeOf(row) < at) }
}

/** Records to look at, and whether they stand in the order that the query wants. */
export function scanRows(table: ModuleTable, query: CoqlQuery) {
  const [first, second, ...more] = query.orderBy
  const candidates = findCandidates(table, query.where)
  if (candidates) return { rows: candidates, start: 0, isOrdered: first === undefined }
  const isRising = query.orderBy.every(({ isAscending, aggregate }) => isAscending && !aggregate)
  const isById = first === undefined || (first.column === 'id' && second === undefined)
  if (isById && isRising) return { ...byId(table, query), isOrdered: true }
  const isTail = more.length === 0 && (second === undefined || second.column === 'id')
  if (isRising && isTail && (first.column === 'Modified_Time' || first.column === 'Created_Time')) {
    return { ...byTime(table, query, first.column), isOrdered: true }
  }
  return { ...byId(table, query), isOrdered: false }
}
