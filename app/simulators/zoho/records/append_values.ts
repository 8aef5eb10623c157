import { isObject } from '../server/call.js'
import type { StoredRecord, StoredValue, StoredValues } from '../store/stored_record.js'
import type { CheckedRow } from './check_record.js'

/** `$append_values` adds to the choices that a record has instead of replacing them. */
export function appendValues(
  input: Record<string, unknown>,
  values: StoredValues,
  { table }: Pick<CheckedRow, 'table'>,
  record: StoredRecord
): StoredValues {
  const { $append_values: wanted } = input
  if (!isObject(wanted)) return values
  const appended: Record<string, StoredValue> = { ...values }
  for (const [name, isWanted] of Object.entries(wanted)) {
    const isMany = table.fields.get(name)?.dataType === 'multiselectpicklist'
    const [before, added] = [record.values[name], values[name]]
    if (isWanted !== true || !isMany || !Array.isArray(before) || !Array.isArray(added)) continue
    appended[name] = [...new Set([...before, ...added])]
  }
  return appended
}
