import { ConnectorError, type IncrementalBounds, type Json, type ReadQuery } from '#sdk'
import { escape, escapeId } from 'mysql2'
import type { Column } from './column.js'
import { boundInstant } from './instant.js'
import type { Row } from './convert_row.js'

/** What pages are ordered by: the incremental field, if there is one, then the key. */
export function pageOrder(key: Column[], field: Column | null): Column[] {
  return field === null ? key : [field, ...key.filter((column) => column !== field)]
}

/** Where a row stands in the order, losing nothing of it. */
export function positionOf(row: Row, order: Column[]): Json[] {
  return order.map(({ name }) => {
    const raw = row[name]
    return Buffer.isBuffer(raw) ? { hex: raw.toString('hex') } : raw
  })
}

export function pageStatement(
  table: string,
  columns: Column[],
  order: Column[],
  conditions: string[],
  cursor: Json
): (pageSize: number) => string {
  const where = cursor === null ? conditions : [...conditions, after(order, cursor)]
  const filter = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`
  const selected = columns.map((column) => column.select).join(', ')
  const sorted = order.map(expression).join(', ')
  return (pageSize) =>
    `SELECT ${selected} FROM ${escapeId(table, true)}${filter} ORDER BY ${sorted} LIMIT ${pageSize}`
}

/** Both bounds belong to the read. */
export function boundsCondition(field: Column, bounds: IncrementalBounds): string {
  const literal = (value: ReadQuery['cursor']) =>
    field.kind === 'instant' ? escape(boundInstant(value)) : literalOf(field, value)
  const name = expression(field)
  const until = `${name} <= ${literal(bounds.until)}`
  return bounds.from === null ? until : `${name} >= ${literal(bounds.from)} AND ${until}`
}

/** `(a, b) > (x, y)`, spelled out: the optimiser finds the index in this form only. */
function after(order: Column[], cursor: Json): string {
  if (!Array.isArray(cursor) || cursor.length !== order.length) {
    throw new ConnectorError('fatal', 'This cursor is not one of this stream.')
  }
  const last = order.length - 1
  let condition = `${expression(order[last])} > ${literalOf(order[last], cursor[last])}`
  for (let at = last - 1; at >= 0; at--) {
    const name = expression(order[at])
    const value = literalOf(order[at], cursor[at])
    condition = `${name} >= ${value} AND (${name} > ${value} OR (${condition}))`
  }
  return `(${condition})`
}

/** An enum sorts by the number of its value but compares as text, so it is ordered as text. */
function expression(column: Column): string {
  const name = escapeId(column.name, true)
  return column.field.type === 'picklist' ? `CAST(${name} AS CHAR) COLLATE utf8mb4_bin` : name
}

/** Numbers stand without quotes: with them they would be compared as doubles. */
function literalOf({ field }: Column, value: Json): string {
  const isNumeric = field.type === 'integer' || field.type === 'decimal' || field.type === 'boolean'
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && isNumeric && /^-?\d+(\.\d+)?$/.test(text)) return text
  if (typeof text === 'string' && !isNumeric) return escape(text)
  if (typeof value === 'object' && value !== null && 'hex' in value) {
    return `X'${String(value.hex).replaceAll(/[^\da-f]/g, '')}'`
  }
  throw new ConnectorError('fatal', `${JSON.stringify(value)} is no place in this stream.`)
}
