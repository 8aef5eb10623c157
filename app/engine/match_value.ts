import type { RecordValues, Value } from '#sdk'

/**
 * What records are recognised by, as one text: spaces and case do not count, since targets
 * compare so. Empty where a field is; several are joined so that no two sets look alike.
 */
export function matchValue(target: RecordValues, fields: string[]): string {
  if (fields.length === 1) return normalised(target[fields[0]])
  const parts = fields.map((field) => normalised(target[field]))
  return parts.some((part) => part === '') ? '' : JSON.stringify(parts)
}

function normalised(value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.trim().toLowerCase()
}
