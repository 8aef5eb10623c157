import type { DataType } from '../metadata/field_definition.js'
import type { StoredValue } from '../store/stored_record.js'
import { isDate, parseDatetime } from '../time/parse_time.js'
import type { CoqlColumn } from './coql_column.js'
import type { CoqlLiteral } from './coql_query.js'

export type Operand = string | number | boolean

const numeric: readonly DataType[] = ['integer', 'double', 'currency', 'percent', 'bigint']

/** A literal in the form in which the column's values are compared; null when it does not fit. */
export function operandOf({ name, field }: CoqlColumn, { kind, text }: CoqlLiteral) {
  const { dataType } = field
  if (name === 'id' || field.target !== null) return /^\d{1,19}$/.test(text) ? text : null
  if (numeric.includes(dataType)) {
    return kind === 'number' || dataType === 'bigint' ? Number(text) : null
  }
  if (dataType === 'boolean') return kind === 'boolean' ? text === 'true' : null
  if (dataType === 'datetime') return parseDatetime(text)
  if (dataType === 'date') return isDate(text) ? text : null
  return kind === 'text' ? text.toLowerCase() : null
}

/** A stored value in the form of an operand. */
export function comparable({ name, field }: CoqlColumn, value: StoredValue): Operand | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  const text = String(value)
  if (field.dataType === 'bigint' && name !== 'id') return Number(text)
  return field.target === null && name !== 'id' ? text.toLowerCase() : text
}
