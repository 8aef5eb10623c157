import type { RecordValues, Value } from '#sdk'

/** A record's key as one string: the value of its one key field, or a JSON list of several. */
export function keyOf(record: RecordValues, keyFields: string[]): string {
  if (keyFields.length === 1) return keyText(record[keyFields[0]])
  return JSON.stringify(keyFields.map((field) => record[field] ?? null))
}

function keyText(value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
