import type { Field, Value } from '#sdk'
import { coqlText } from '../read/coql_text.js'

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

/** Zoho's numbers without fractions, of nine digits or of eighteen. */
function isWholeNumber(field: Field) {
  return field.type === 'integer' || (field.type === 'decimal' && field.maxScale === 0)
}

/** Whether COQL takes the field in `in (…)`. */
export function isQueryable(field: Field) {
  return isLine(field) || isWholeNumber(field) || field.type === 'date' || field.name === 'id'
}

/** Eighteen digits are more than a JavaScript number holds. */
function wholeNumber(value: Value): string | null {
  const text = String(value).trim()
  if (/^[+-]?\d+$/.test(text)) return String(BigInt(text.replace('+', '')))
  const number = Number(text)
  return text !== '' && Number.isSafeInteger(number) ? String(number) : null
}

/**
 * A value in the one form in which ours and Zoho's are equal; null where there is none.
 * Zoho compares texts without case.
 */
export function comparison(field: Field, value: Value | undefined): string | null {
  if (value === null || value === undefined || value === '') return null
  if (isWholeNumber(field)) return wholeNumber(value)
  if (field.type === 'decimal') return String(Number(value))
  // Zoho keeps whole seconds.
  if (field.type === 'datetime') return String(Math.floor(Date.parse(String(value)) / 1000))
  if (typeof value === 'object') {
    return Array.isArray(value) ? JSON.stringify(value) : String(value.id)
  }
  return String(value).trim().toLowerCase()
}

/** A value as COQL writes it for this field: whole numbers bare, though the source has texts. */
export function comparedText(field: Field, value: Value): string {
  return (isWholeNumber(field) ? comparison(field, value) : null) ?? coqlText(value)
}
