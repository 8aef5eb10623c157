import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord } from '../store/stored_record.js'

/** Kept with the lead, where no field shows it. */
export const CONVERTED = '$converted'

export const isConverted = ({ values }: StoredRecord) => values[CONVERTED] === true

const seen = new WeakMap<ModuleTable, { version: number; has: boolean }>()

/** Whether the module has any converted record, looked up again only when it was written. */
export function hasConverted(table: ModuleTable) {
  if (table.module.apiName !== 'Leads') return false
  const known = seen.get(table)
  if (known?.version === table.version) return known.has
  const has = table.rows().some(isConverted)
  seen.set(table, { version: table.version, has })
  return has
}
