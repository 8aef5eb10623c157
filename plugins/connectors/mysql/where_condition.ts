import { ConnectorError, type Comparison, type Filter, type Value } from '#sdk'
import { escape, escapeId } from 'mysql2'
import type { Column } from './column.js'
import { isDate, storedInstant } from './instant.js'

/** SQL that holds for every record of the filter; if `exact`, for no other. */
export interface Condition {
  sql: string
  exact: boolean
}

/** SQL is as wide as it must be and never narrower: what it cannot say exactly it leaves to the reader. */
export function whereCondition(filter: Filter, columns: Map<string, Column>): Condition {
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

function join(
  parts: Filter[],
  columns: Map<string, Column>,
  word: string,
  none: string
): Condition {
  if (parts.length === 0) return { sql: none, exact: true }
  const conditions = parts.map((part) => whereCondition(part, columns))
  return {
    sql: `(${conditions.map((condition) => condition.sql).join(word)})`,
    exact: conditions.every((condition) => condition.exact),
  }
}

const ANYTHING: Condition = { sql: 'TRUE', exact: false }

function comparison(column: Column, op: Comparison, value: Value): Condition {
  const id = escapeId(column.name, true)
  if (op === '=' || op === '!=') {
    // `IS NULL` would hold for "0000-00-00" too.
    const equal = value === null ? `${id} <=> NULL` : equality(column, id, value)
    if (equal === null) return ANYTHING
    return { sql: op === '=' ? `(${equal})` : `NOT COALESCE(${equal}, FALSE)`, exact: true }
  }
  if (value === null) return { sql: 'FALSE', exact: true }
  const ordered = order(column, id, op, value)
  return ordered === null ? ANYTHING : { sql: ordered, exact: true }
}

const SAFE = `BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`

function order(column: Column, id: string, op: Comparison, value: Value): string | null {
  if (column.kind === 'integer' && typeof value === 'number' && Number.isSafeInteger(value)) {
    return `(${id} ${op} ${value} AND ${id} ${SAFE})`
  }
  const literal = typeof value === 'string' ? timeLiteral(column, value) : null
  return literal === null ? null : `(${id} ${op} ${literal})`
}

/** Null where SQL cannot tell as exactly as the record's value can. */
function equality(column: Column, id: string, value: Value): string | null {
  switch (column.kind) {
    case 'integer':
      return isInteger(value) ? `${id} = ${value}` : 'FALSE'
    case 'boolean':
    case 'bit':
      return typeof value === 'boolean' ? `${id} = ${Number(value)}` : null
    case 'date':
    case 'instant': {
      const literal = typeof value === 'string' ? timeLiteral(column, value) : null
      return literal === null ? null : `${id} = ${literal}`
    }
    case 'text':
      return typeof value === 'string' ? sameText(column, id, value) : 'FALSE'
    default:
      return null
  }
}

function timeLiteral(column: Column, value: string): string | null {
  if (column.kind === 'date') {
    return /^\d{4}-\d\d-\d\d$/.test(value) && isDate(value) ? escape(value) : null
  }
  const stored = column.kind === 'instant' ? storedInstant(value, column.timeDigits) : null
  return stored === null ? null : escape(stored)
}

/** The plain comparison follows the column's collation and lets an index help; the bytes decide. */
function sameText(column: Column, id: string, value: string): string {
  const bytes = `X'${Buffer.from(value).toString('hex')}'`
  const exact = `CAST(CONVERT(${id} USING utf8mb4) AS BINARY) = ${bytes}`
  const comparable = column.charset === 'utf8mb4' || /^[\x20-\x7e]*$/.test(value)
  return column.charset !== null && comparable ? `${id} = ${escape(value)} AND ${exact}` : exact
}

/** As an integer crosses the border: a number while it is safe, else its digits. */
function isInteger(value: Value): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'string' || !/^-?[1-9]\d{15,20}$/.test(value)) return false
  return !Number.isSafeInteger(Number(value))
}
