import type { StoredValue } from '../store/stored_record.js'

/** What is empty comes first. */
export function compareValues(a: StoredValue, b: StoredValue) {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}
