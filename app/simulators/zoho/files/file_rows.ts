import { holdsFiles } from '../metadata/field_kinds.js'
import { isObject } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { StoredRecord, StoredRow, StoredValue, StoredValues } from '../store/stored_record.js'
import type { ModuleTable } from '../store/module_table.js'
import { RowFault } from '../records/row_reply.js'

const isRows = (value: StoredValue | undefined): value is readonly StoredRow[] =>
  Array.isArray(value) && value.every((item) => isObject(item))

/** Values with their file fields resolved: files added to those the record has, or taken away. */
export function fileRows(
  org: SimulatedOrg,
  { module }: ModuleTable,
  values: StoredValues,
  path: string,
  record?: StoredRecord
): StoredValues | RowFault {
  const fields = module.fields.filter(holdsFiles)
  if (fields.length === 0) return values
  const resolved: Record<string, StoredValue> = { ...values }
  for (const { apiName } of fields) {
    const sent = values[apiName]
    if (!isRows(sent)) continue
    const before = record?.values[apiName]
    const removed = new Set(sent.filter((row) => '_delete' in row).map(({ id }) => id))
    const kept = isRows(before) ? before.filter(({ id }) => !removed.has(id)) : []
    const added: StoredRow[] = []
    for (const [position, row] of sent.entries()) {
      if ('_delete' in row) continue
      const file = org.files.get(String(row.File_Id__s))
      const at = { api_name: 'File_Id__s', json_path: `${path}.${apiName}[${position}].File_Id__s` }
      if (!file) return new RowFault('INVALID_DATA', at)
      added.push({
        id: org.ids.next(),
        File_Id__s: file.id,
        File_Name__s: file.name,
        Size__s: file.bytes.length,
      })
    }
    resolved[apiName] = [...kept, ...added]
  }
  return resolved
}
