import type { Field } from '#sdk'
import type { FieldMetadata } from './metadata.js'

type Shape = Pick<Field, 'type'> & Partial<Field>

const MONEY: Shape = { type: 'decimal', asNumber: true, maxDigits: 16, maxScale: 9 }

const shapes: { [dataType: string]: Shape } = {
  text: { type: 'text' },
  textarea: { type: 'text' },
  email: { type: 'email' },
  phone: { type: 'phone' },
  website: { type: 'url' },
  picklist: { type: 'picklist' },
  multiselectpicklist: { type: 'multipicklist' },
  date: { type: 'date' },
  datetime: { type: 'datetime' },
  integer: { type: 'integer', maxDigits: 9 },
  // 18 digits are beyond a JSON number; Zoho takes and gives them as text.
  bigint: { type: 'decimal', maxDigits: 18, maxScale: 0 },
  double: MONEY,
  decimal: MONEY,
  currency: MONEY,
  percent: { type: 'decimal', asNumber: true, maxDigits: 5 },
  boolean: { type: 'boolean' },
  lookup: { type: 'lookup' },
  ownerlookup: { type: 'lookup' },
  userlookup: { type: 'lookup' },
  autonumber: { type: 'text' },
}

const byJsonType: { [jsonType: string]: Shape } = {
  string: { type: 'text' },
  integer: { type: 'integer' },
  double: { type: 'decimal', asNumber: true },
  boolean: { type: 'boolean' },
}

/** Type and number limits of a field. What has no plain type travels as JSON. */
export function fieldType(field: FieldMetadata): Shape {
  const computed = field.formula?.return_type ?? field.rollup_summary?.return_type
  return (
    shapes[computed ?? field.data_type] ??
    shapes[field.data_type] ??
    byJsonType[field.json_type ?? ''] ?? { type: 'json' }
  )
}
