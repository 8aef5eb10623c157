import { ConnectorError, type Comparison, type Filter, type Value } from '#sdk'
import type { Column } from './column.js'
import { decimalText, type Stored } from './convert_value.js'
import { quoteName } from './open_database.js'

/** SQL that holds for every record of the filter; if `exact`, for no other. */
export interface Condition {
  sql: string
  values: Stored[]
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
  if (parts.length === 0) return { sql: none, values: [], exact: true }
  const conditions = parts.map((part) => whereCondition(part, columns))
  return {
    sql: `(${conditions.map((condition) => condition.sql).join(word)})`,
    values: conditions.flatMap((condition) => condition.values),
    exact: conditions.every((condition) => condition.exact),
  }
}

const ANYTHING: Condition = { sql: 'TRUE', values: [], exact: false }

function comparison(column: Column, op: Comparison, value: Value): Condition {
  const name = quoteName(column.name)
  if (value === null) {
    const sql = op === '=' ? `${name} IS NULL` : op === '!=' ? `${name} IS NOT NULL` : 'FALSE'
    return { sql, values: [], exact: true }
  }
  if (op === '=' || op === '!=') {
    const equal = equality(column, name, value)
    if (equal === null) return ANYTHING
    return op === '=' ? equal : { ...equal, sql: `NOT COALESCE(${equal.sql}, FALSE)` }
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || column.kind !== 'integer') {
    return ANYTHING
  }
  const isSafe = `${name} BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`
  const sql = `(${name} ${op} ? AND ${isSafe} AND typeof(${name}) = 'integer')`
  return { sql, values: [BigInt(value)], exact: true }
}

/** Any type may stand in any column: all that would read as `value` is equal to it. */
function equality(column: Column, name: string, value: Value): Condition | null {
  if (column.kind === 'decimal') return null
  const alike = storedAs(value, column.kind === 'boolean')
  const options = alike.map(
    ({ type }) => `(${name} = ? COLLATE BINARY AND typeof(${name}) = '${type}')`
  )
  const values = alike.map(({ stored }) => stored)
  return { sql: options.length === 0 ? 'FALSE' : `(${options.join(' OR ')})`, values, exact: true }
}

function storedAs(value: Value, isBoolean: boolean): Array<{ type: string; stored: Stored }> {
  if (typeof value === 'boolean') {
    return isBoolean ? [{ type: 'integer', stored: value ? 1n : 0n }] : []
  }
  if (typeof value === 'number') {
    const isFlag = isBoolean && (value === 0 || value === 1)
    const fits = Number.isSafeInteger(value) && !isFlag
    return fits ? [{ type: 'integer', stored: BigInt(value) }] : []
  }
  if (typeof value !== 'string') return []
  const forms: Array<{ type: string; stored: Stored }> = [{ type: 'text', stored: value }]
  const bytes = Buffer.from(value, 'base64')
  if (bytes.toString('base64') === value) forms.push({ type: 'blob', stored: bytes })
  const real = Number(value)
  if (decimalText(real, null) === value) forms.push({ type: 'real', stored: real })
  if (/^-?[1-9]\d{15,18}$/.test(value) && !Number.isSafeInteger(real)) {
    forms.push({ type: 'integer', stored: BigInt(value) })
  }
  return forms
}
