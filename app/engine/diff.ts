import type { Field, RecordValues, Value } from '#sdk'
import { decimalText } from './decimal.js'
import { instantOf } from './time_text.js'
import { zoneOf } from './zone.js'

export interface FieldChange {
  field: string
  before: Value
  after: Value
}

/** Field by field what a write would change, in the order of the mapping. */
export function changesOf(
  present: RecordValues,
  target: RecordValues,
  fields: Map<string, Field>
): FieldChange[] {
  return Object.entries(target).flatMap(([field, after]) => {
    const before = present[field] ?? null
    const type = fields.get(field)?.type
    const isKept = isSame(before, after, type) || (type === 'lookup' && isNamed(before, after))
    return isKept ? [] : [{ field, before, after }]
  })
}

/** What a delete takes away, as far as it was read. */
export function lossesOf(present: RecordValues): FieldChange[] {
  return Object.entries(present).flatMap(([field, before]) =>
    isEmpty(before) ? [] : [{ field, before, after: null }]
  )
}

/** Whether two values are one to the target, however each is written. */
export function isSame(before: Value, after: Value, type: Field['type'] = 'text'): boolean {
  if (isEmpty(before) || isEmpty(after)) return isEmpty(before) && isEmpty(after)
  return canonical(before, type) === canonical(after, type)
}

function isEmpty(value: Value): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function canonical(value: Value, type: Field['type']): string {
  switch (type) {
    case 'integer':
    case 'decimal':
      return plainNumber(value)
    case 'datetime': {
      const instant = typeof value === 'string' ? instantOf(value.trim(), zoneOf(undefined)) : null
      return instant === null ? textOf(value) : String(instant)
    }
    case 'boolean':
      return textOf(value).toLowerCase()
    case 'multipicklist':
      return [value].flat().map(textOf).sort().join('\n')
    case 'lookup':
      return referenceOf(value)
    default:
      return textOf(value)
  }
}

function plainNumber(value: Value): string {
  const text = typeof value === 'number' || typeof value === 'string' ? decimalText(value) : null
  if (text === null) return textOf(value)
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return plain === '-0' ? '0' : plain
}

/** A target's own lookup holds more than the id; one that is found by a value is compared by that. */
function referenceOf(value: Value): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return textOf(value)
  const { id, value: sought } = value as { id?: Value; value?: Value }
  return textOf(id ?? sought ?? value)
}

/** The target tells the name of what it links to, which is often what it is looked for by. */
function isNamed(before: Value, after: Value): boolean {
  const { name } = Object(before) as { name?: Value }
  const { by, value } = Object(after) as { by?: Value; value?: Value }
  if (typeof name !== 'string' || by === undefined) return false
  return name.trim().toLowerCase() === String(value).trim().toLowerCase()
}

function textOf(value: Value): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return JSON.stringify(value)
}
