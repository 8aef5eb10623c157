import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord } from '../store/stored_record.js'

export interface RowOrder {
  by: 'id' | 'Created_Time' | 'Modified_Time'
  isAscending: boolean
}

export interface RowPlace {
  second: number
  id: string
}

export function placeOf({ by }: RowOrder, record: StoredRecord): RowPlace {
  const at = by === 'Created_Time' ? record.createdAt : record.modifiedAt
  return { second: by === 'id' ? 0 : Math.floor(at / 1000), id: record.id }
}

function compare(a: RowPlace, b: RowPlace) {
  if (a.second !== b.second) return a.second - b.second
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

interface Sorted {
  key: string
  rows: StoredRecord[]
}

const lastSorted = new WeakMap<ModuleTable, Sorted>()

/** Rows that pass, in ascending order; the last answer is kept until the table changes. */
export function sortRows(
  table: ModuleTable,
  order: RowOrder,
  passes: ((record: StoredRecord) => boolean) | null,
  filterKey: string
) {
  const key = `${table.version}|${order.by}|${filterKey}`
  const kept = lastSorted.get(table)
  if (kept?.key === key) return kept.rows
  const rows = passes ? table.rows().filter(passes) : [...table.rows()]
  if (order.by !== 'id') rows.sort((a, b) => compare(placeOf(order, a), placeOf(order, b)))
  lastSorted.set(table, { key, rows })
  return rows
}

/** How many rows come before a place, the place's own row not among them. */
export function countBefore(rows: readonly StoredRecord[], order: RowOrder, place: RowPlace) {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(placeOf(order, rows[middle]), place) < 0) low = middle + 1
    else high = middle
  }
  return low
}
