import { escapeLiteral } from 'pg'
import type { Value } from '#sdk'
import type { Column } from '../column.js'
import { plainDecimal } from '../convert_row.js'
import { utcText } from '../instant.js'

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
      return textCell(JSON.stringify(value), value)
    case 'array':
      return textCell(Array.isArray(value) ? arrayText(value) : textOf(value), value)
    case 'bytes':
      return bytesCell(value)
    case 'instant':
      return instantCell(column, value)
    case 'integer':
    case 'decimal':
    case 'approximate':
      return textCell(plainDecimal(numberText(value)), value)
    default:
      return textCell(textOf(value), typeof value === 'object' ? textOf(value) : value)
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

function textOf(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function numberText(value: Value): string {
  return typeof value === 'boolean' ? String(Number(value)) : textOf(value).trim()
}

function textCell(text: string, plain: Value): Cell | BadCell {
  if (text.includes('\0')) {
    return new BadCell('INVALID_TEXT', 'holds a zero character, which the database cannot keep')
  }
  return { literal: escapeLiteral(text), plain }
}

function arrayText(values: Value[]): string {
  const items = values.map((value) => {
    if (value === null) return 'NULL'
    if (Array.isArray(value)) return arrayText(value)
    return `"${textOf(value).replaceAll(/["\\]/g, '\\$&')}"`
  })
  return `{${items.join(',')}}`
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function bytesCell(value: Value): Cell | BadCell {
  if (typeof value !== 'string' || !BASE64.test(value)) {
    return new BadCell('NOT_BASE64', 'is not base64, as bytes are written')
  }
  return textCell(`\\x${Buffer.from(value, 'base64').toString('hex')}`, value)
}

/** A column without a zone holds UTC. Cut to what it keeps. */
function instantCell({ hasZone, timeDigits }: Column, value: Value): Cell | BadCell {
  const text = utcText(value)
  if (text === null) return textCell(textOf(value), value)
  const [seconds, fraction = ''] = text.split('.')
  const tail = timeDigits === 0 ? '' : `.${fraction.slice(0, timeDigits).padEnd(timeDigits, '0')}`
  return textCell(
    `${seconds}${tail}${hasZone ? '+00' : ''}`,
    `${seconds.replace(' ', 'T')}${tail}Z`
  )
}
