import type { Value } from '#sdk'
import { escape } from 'mysql2'
import type { Column } from '../column.js'
import { plainDecimal } from '../convert_row.js'
import { boundInstant } from '../instant.js'

/** A value on its way into a column: as SQL, and as it will be read back. */
export interface Cell {
  literal: string
  plain: Value
}

/** A value that no text of SQL can stand for. */
export class BadCell {
  constructor(
    readonly code: string,
    readonly rule: string
  ) {}
}

export function cellOf(column: Column, given: Value): Cell | BadCell {
  const value = idOf(given)
  if (value instanceof BadCell) return value
  if (value === null) return { literal: 'NULL', plain: null }
  switch (column.kind) {
    case 'json':
      return { literal: escape(JSON.stringify(value)), plain: value }
    case 'set':
      return setCell(value)
    case 'bytes':
      return bytesCell(value)
    case 'instant':
      return instantCell(value, column.timeDigits)
    case 'text':
      return column.field.type === 'decimal' ? numberCell(value) : textCell(value)
    case 'date':
    case 'geometry':
      return textCell(value)
    default:
      return numberCell(value)
  }
}

/** A lookup is written as the id that it holds. */
function idOf(value: Value): Value | BadCell {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const names = Object.keys(value)
  if (names.length === 1 && names[0] === 'id') return value.id
  if (names.length === 2 && 'by' in value && 'value' in value) {
    const rule = 'cannot be looked up: a table holds no references by value. Map the id instead'
    return new BadCell('LOOKUP_NOT_OFFERED', rule)
  }
  return value
}

function textCell(value: Value): Cell {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return { literal: escape(text), plain: text }
}

function numberCell(value: Value): Cell | BadCell {
  if (typeof value === 'boolean') return { literal: String(Number(value)), plain: value }
  const text = typeof value === 'object' ? '' : plainDecimal(String(value).trim())
  if (/^-?\d+$/.test(text)) return { literal: text, plain: integerOf(text) }
  if (/^-?\d+\.\d+$/.test(text)) return { literal: text, plain: value }
  return new BadCell('NOT_A_NUMBER', 'is not a number')
}

function integerOf(text: string): Value {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : String(BigInt(text))
}

function setCell(value: Value): Cell {
  const values = Array.isArray(value) ? value.map(String) : String(value).split(',')
  return { literal: escape(values.join(',')), plain: values }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function bytesCell(value: Value): Cell | BadCell {
  if (typeof value !== 'string' || !BASE64.test(value)) {
    return new BadCell('NOT_BASE64', 'is not base64, as bytes are written')
  }
  return { literal: `X'${Buffer.from(value, 'base64').toString('hex')}'`, plain: value }
}

/** Cut to what the column keeps, since servers differ in rounding. */
function instantCell(value: Value, digits: number): Cell {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(value)) {
    return textCell(value)
  }
  if (Number.isNaN(Date.parse(value))) return textCell(value)
  const [seconds, fraction = ''] = boundInstant(value).split('.')
  const tail = digits === 0 ? '' : `.${fraction.slice(0, digits).padEnd(digits, '0')}`
  return { literal: escape(seconds + tail), plain: `${seconds.replace(' ', 'T')}${tail}Z` }
}
