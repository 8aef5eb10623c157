import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord } from '../store/stored_record.js'

export interface Seeker {
  org: SimulatedOrg
  table: ModuleTable
  /** Who asks: the org's first user when not said. */
  author?: string
}

/** The oldest record that holds a value; of a user's own external ids only those of his records. */
export function findOwn(
  { org, table, author = org.user.id }: Seeker,
  field: string,
  value: unknown
): StoredRecord | undefined {
  const index = table.indexes.get(field)
  if (table.fields.get(field)?.external !== 'user') return index?.find(value)
  const held = value === undefined || value === null ? [] : (index?.findAll(value) ?? [])
  return held.find(({ createdBy }) => (createdBy ?? org.user.id) === author)
}
