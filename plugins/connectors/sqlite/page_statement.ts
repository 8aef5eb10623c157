import { ConnectorError, type IncrementalBounds, type Json } from '#sdk'
import type { Column } from './column.js'
import { fromCursor, type Stored } from './convert_value.js'
import { quoteName } from './open_database.js'
import type { Condition } from './where_condition.js'

/** One thing that pages are ordered by. */
export interface OrderPart {
  sql: string
}

/**
 * A time in whatever form SQLite knows ("2026-11-20 09:30:00", with T, Z or an offset, or a Unix
 * time) as one comparable text, so that no form is passed over. What is no time stands as it is.
 */
export function timeExpression(sql: string): string {
  return `COALESCE(strftime('%Y-%m-%d %H:%M:%f', ${sql}, 'auto'), ${sql})`
}

/** What pages are ordered by: the incremental field, if there is one, then the key. */
export function pageOrder(key: Column[], field: Column | null): OrderPart[] {
  const parts = key
    .filter((column) => column.name !== field?.name)
    .map(({ name, collation }) => ({
      sql:
        collation === null ? quoteName(name) : `${quoteName(name)} COLLATE ${quoteName(collation)}`,
    }))
  return field === null ? parts : [{ sql: fieldExpression(field) }, ...parts]
}

export function boundsCondition(field: Column, bounds: IncrementalBounds): Condition {
  const bound = field.kind === 'datetime' ? timeExpression('?') : '?'
  const repeat = (value: Stored) => (field.kind === 'datetime' ? [value, value] : [value])
  const name = fieldExpression(field)
  const until = repeat(boundOf(bounds.until))
  if (bounds.from === null) return { sql: `${name} <= ${bound}`, values: until, exact: true }
  return {
    sql: `${name} >= ${bound} AND ${name} <= ${bound}`,
    values: [...repeat(boundOf(bounds.from)), ...until],
    exact: true,
  }
}

/** `(a, b) > (x, y)`, spelled out, since each part may have its own collation. */
export function afterCondition(order: OrderPart[], cursor: Json): Condition {
  if (!Array.isArray(cursor) || cursor.length !== order.length) {
    throw new ConnectorError('fatal', 'This cursor is not one of this stream.')
  }
  const stored = cursor.map(fromCursor)
  const last = order.length - 1
  let condition: Condition = { sql: `${order[last].sql} > ?`, values: [stored[last]], exact: true }
  for (let at = last - 1; at >= 0; at--) {
    const { sql } = order[at]
    condition = {
      sql: `(${sql} >= ? AND (${sql} > ? OR (${condition.sql})))`,
      values: [stored[at], stored[at], ...condition.values],
      exact: true,
    }
  }
  return condition
}

function fieldExpression(field: Column): string {
  const name = quoteName(field.name)
  return field.kind === 'datetime' ? timeExpression(name) : name
}

function boundOf(value: Json): Stored {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  if (typeof value === 'string') return /^-?\d{16,19}$/.test(value) ? BigInt(value) : value
  throw new ConnectorError('config', `${JSON.stringify(value)} is no place to read from.`)
}
