import { escapeIdentifier, escapeLiteral } from 'pg'
import { ConnectorError, type IncrementalBounds, type Json, type Value } from '#sdk'
import type { Column } from './column.js'
import type { Row } from './convert_row.js'
import { boundInstant } from './instant.js'

/** What pages are ordered by: the incremental field, if there is one, then the key. */
export function pageOrder(key: Column[], field: Column | null): Column[] {
  return field === null ? key : [field, ...key.filter((column) => column !== field)]
}

/** Where a row stands in the order, as the server wrote it. */
export function positionOf(row: Row, order: Column[]): Json[] {
  return order.map(({ name }) => row[name])
}

export function pageStatement(
  place: string,
  columns: Column[],
  order: Column[],
  conditions: string[],
  cursor: Json
): (pageSize: number) => string {
  const where = cursor === null ? conditions : [...conditions, after(order, cursor)]
  const filter = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`
  const selected = columns.map((column) => column.select).join(', ')
  const sorted = namesOf(order)
  return (pageSize) =>
    `SELECT ${selected} FROM ${place}${filter} ORDER BY ${sorted} LIMIT ${pageSize}`
}

/** Both bounds belong to the read. */
export function boundsCondition(field: Column, bounds: IncrementalBounds): string {
  const literal = (value: Value) =>
    escapeLiteral(field.kind === 'instant' ? boundInstant(value) : wholeNumber(value))
  const name = escapeIdentifier(field.name)
  const until = `${name} <= ${literal(bounds.until)}`
  return bounds.from === null ? until : `${name} >= ${literal(bounds.from)} AND ${until}`
}

function wholeNumber(value: Value): string {
  if (/^-?\d+$/.test(String(value))) return String(value)
  throw new ConnectorError('config', `${JSON.stringify(value)} is not a number to read from.`)
}

function after(order: Column[], cursor: Json): string {
  const isPlace = Array.isArray(cursor) && cursor.length === order.length
  if (!isPlace || !cursor.every((value) => typeof value === 'string')) {
    throw new ConnectorError('fatal', 'This cursor is not one of this stream.')
  }
  return `(${namesOf(order)}) > (${cursor.map(escapeLiteral).join(', ')})`
}

function namesOf(columns: Column[]): string {
  return columns.map(({ name }) => escapeIdentifier(name)).join(', ')
}
