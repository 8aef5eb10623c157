import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord } from '../store/stored_record.js'
import type { CoqlCondition } from './coql_query.js'

const byId = (a: StoredRecord, b: StoredRecord) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Records among which all that fit must be, by an index; null when all have to be looked at. */
export function findCandidates(
  table: ModuleTable,
  condition: CoqlCondition
): StoredRecord[] | null {
  if (condition.kind === 'and') {
    return findCandidates(table, condition.left) ?? findCandidates(table, condition.right)
  }
  if (condition.kind !== 'compare') return null
  const { column, comparator, values } = condition
  if (comparator !== '=' && comparator !== 'in') return null
  const index = table.indexes.get(column)
  if (!index && column !== 'id') return null
  const found = values.flatMap(({ text }) => {
    const record = table.byId.get(text)
    return index ? index.findAll(text) : record ? [record] : []
  })
  return [...new Set(found)].sort(byId)
}
