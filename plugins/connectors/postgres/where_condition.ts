import { escapeIdentifier, escapeLiteral } from 'pg'
import { ConnectorError, type Comparison, type Filter, type Value } from '#sdk'
import type { Column } from './column.js'
import { isDate, storedInstant } from './instant.js'

/** SQL that holds for every record of the filter, and perhaps for others: the reader looks again. */
export function whereCondition(filter: Filter, columns: Map<string, Column>): string {
  if ('all' in filter) return join(filter.all, columns, ' AND ', 'TRUE')
  if ('any' in filter) return join(filter.any, columns, ' OR ', 'FALSE')
  const column = columns.get(filter.field)
  if (column === undefined) {
    throw new ConnectorError('config', `The filter names ${filter.field}, which is no column.`)
  }
  if (filter.op !== 'in') return comparison(column, filter.op, filter.value)
  const options = filter.values.map((value) => ({ field: column.name, op: '=' as const, value }))
  return join(options, columns, ' OR ', 'FALSE')
}

function join(parts: Filter[], columns: Map<string, Column>, word: string, none: string): string {
  if (parts.length === 0) return none
  return `(${parts.map((part) => whereCondition(part, columns)).join(word)})`
}

function comparison(column: Column, op: Comparison, value: Value): string {
  // A null may also be one within JSON.
  if (column.kind === 'json') return 'TRUE'
  const name = escapeIdentifier(column.name)
  if (op === '=' || op === '!=') {
    const equal = value === null ? `${name} IS NULL` : equality(column, name, value)
    if (equal === null) return 'TRUE'
    return op === '=' ? `(${equal})` : `NOT COALESCE(${equal}, FALSE)`
  }
  return value === null ? 'FALSE' : (order(column, name, op, value) ?? 'TRUE')
}

function order(column: Column, name: string, op: Comparison, value: Value): string | null {
  if (column.kind === 'integer' && typeof value === 'number' && Number.isSafeInteger(value)) {
    return `${name} ${op} ${value}`
  }
  const literal = typeof value === 'string' ? timeLiteral(column, value) : null
  if (literal === null) return null
  // Beyond these years, and at infinity, texts are in another order than times.
  return `(${name} ${op} ${literal} OR ${name} < '0001-01-01' OR ${name} >= '10000-01-01')`
}

/** Null where SQL cannot tell as exactly as the record's value can. */
function equality(column: Column, name: string, value: Value): string | null {
  switch (column.kind) {
    case 'integer':
      return isInteger(value) ? `${name} = ${value}` : 'FALSE'
    case 'boolean':
      return typeof value === 'boolean' ? `${name} = ${value}` : 'FALSE'
    case 'date':
    case 'instant': {
      const literal = typeof value === 'string' ? timeLiteral(column, value) : null
      return literal === null ? null : `${name} = ${literal}`
    }
    case 'text':
      return isText(value)
        ? `${name} = ${escapeLiteral(value)} AND ${name} COLLATE "C" = ${escapeLiteral(value)}`
        : 'FALSE'
    case 'enum':
    case 'uuid':
      return isText(value) ? `${name}::text = ${escapeLiteral(value)}` : 'FALSE'
    default:
      return null
  }
}

/** The database keeps no text with a zero in it. */
function isText(value: Value): value is string {
  return typeof value === 'string' && !value.includes('\0')
}

function timeLiteral(column: Column, value: string): string | null {
  if (column.kind === 'date') return isDate(value) ? escapeLiteral(value) : null
  const stored = column.kind === 'instant' ? storedInstant(value, column.timeDigits) : null
  return stored === null || stored.startsWith('0000') ? null : escapeLiteral(stored)
}

/** As an integer crosses the border: a number while it is safe, else its digits. */
function isInteger(value: Value): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'string' || !/^-?[1-9]\d{15,18}$/.test(value)) return false
  return !Number.isSafeInteger(Number(value))
}
