import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import { renderRecord } from '../store/render_record.js'
import type { StoredRecord } from '../store/stored_record.js'
import { childrenOf, childTable } from './child_rows.js'

const MOST_SHOWN = 200

/** Rows of subforms and multi-select lookups, which only a single get shows. */
export function renderChildren(
  org: SimulatedOrg,
  { childFields }: ModuleTable,
  record: StoredRecord,
  wanted?: readonly string[]
) {
  const fields = childFields.filter(({ apiName }) => !wanted || wanted.includes(apiName))
  if (fields.length === 0) return {}
  const shown: Record<string, unknown> = {}
  const hasMore: Record<string, boolean> = {}
  for (const field of fields) {
    const { table } = childTable(org, field)
    const rows = childrenOf(org, field, record.id)
    shown[field.apiName] = rows.slice(0, MOST_SHOWN).map((row) => renderRecord(org, table, row))
    hasMore[field.apiName] = rows.length > MOST_SHOWN
  }
  return { ...shown, $has_more: hasMore }
}
