import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import { StoredRecord } from '../store/stored_record.js'

/** A copy that later writes to the record do not reach. */
export function freeze({ id, values, createdAt, modifiedAt, createdBy, modifiedBy }: StoredRecord) {
  const copy = new StoredRecord(id, values, createdAt, modifiedAt, 0)
  return Object.assign(copy, { createdBy, modifiedBy })
}

/** Records of a module as they stood after so many writes, oldest id first. */
export function rowsAsOf(org: SimulatedOrg, table: ModuleTable, seq: number) {
  const { entries } = org.store.ledger
  if (seq === entries.length) return table.rows()
  const rows = new Map<string, StoredRecord>()
  for (const { module, id, action, values, at, by = null } of entries.slice(0, seq)) {
    if (module !== table.module.apiName) continue
    const { createdAt, createdBy } = rows.get(id) ?? { createdAt: at, createdBy: by }
    const row = new StoredRecord(id, values, createdAt, at, at)
    if (action === 'delete') rows.delete(id)
    else rows.set(id, Object.assign(row, { createdBy, modifiedBy: by }))
  }
  return [...rows.values()]
}
