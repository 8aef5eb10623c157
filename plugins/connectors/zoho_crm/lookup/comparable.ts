import type { Field, Value } from '#sdk'

const TEXTS = ['text', 'email', 'phone', 'url', 'picklist']
const OTHERS = ['integer', 'decimal', 'boolean', 'date', 'datetime', 'lookup']
/** Longer texts are multi-line ones, which COQL does not compare. */
const LONGEST = 255

function isLine(field: Field) {
  return TEXTS.includes(field.type) && (field.maxLength ?? 0) <= LONGEST
}

/** Whether a value of the field can be compared with what Zoho sends back. */
export function isComparable(field: Field) {
  return isLine(field) || OTHERS.includes(field.type)
}

/** Whether COQL takes the field in `in (…)`. */
export function isQueryable(field: Field) {
  return isLine(field) || field.type === 'integer' || field.type === 'date' || field.name === 'id'
}

/**
 * A value in the one form in which ours and Zoho's are equal; null where there is none.
 * Zoho compares texts without case.
 */
export function comparison(field: Field, value: Value | undefined): string | null {
  if (value === null || value === undefined || value === '') return null
  if (field.type === 'integer' || field.type === 'decimal') return String(Number(value))
  // Zoho keeps whole seconds.
  if (field.type === 'datetime') return String(Math.floor(Date.parse(String(value)) / 1000))
  if (typeof value === 'object') {
    return Array.isArray(value) ? JSON.stringify(value) : String(value.id)
  }
  return String(value).trim().toLowerCase()
}
