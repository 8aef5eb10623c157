import { findView } from '../metadata/find_view.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import { storedValue } from '../store/render_record.js'
import type { StoredRecord } from '../store/stored_record.js'

/** Which records a custom view of the module shows. */
export function viewTest(
  { org, user }: Pick<Call, 'org' | 'user'>,
  { module }: ModuleTable,
  cvid: string
): (record: StoredRecord) => boolean {
  const view = findView(org.ids, module, cvid)
  if (!view) {
    throw new ApiFault(400, 'INVALID_DATA', 'the custom view given seems to be invalid', {
      param_name: 'cvid',
    })
  }
  const { criteria } = view
  if (criteria === null) return () => true
  if (criteria === 'mine') return (record) => storedValue(org, record, 'Owner') === user.id
  return (record) => storedValue(org, record, criteria.field) === criteria.value
}
