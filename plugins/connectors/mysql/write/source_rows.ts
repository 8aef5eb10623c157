import { escapeId } from 'mysql2'
import type { Column } from '../column.js'
import type { Cell } from './cell.js'

/** Literals as a table named `v`: `crossdock_n` counts them, `crossdock_0` and so on are the values. */
export function sourceRows(rows: Cell[][]): string {
  const selects = rows.map((cells, n) => {
    const values = cells.map(({ literal }, at) =>
      n === 0 ? `, ${literal} AS ${valueName(at)}` : `, ${literal}`
    )
    return `SELECT ${n === 0 ? '0 AS crossdock_n' : n}${values.join('')}`
  })
  return `(${selects.join(' UNION ALL ')}) AS v`
}

export function valueName(at: number): string {
  return `crossdock_${at}`
}

/** Holds where a column is equal to value `at` of `v` as the column itself compares. */
export function equals(column: Column, at: number): string {
  const name = `t.${escapeId(column.name, true)}`
  const value = `v.${valueName(at)}`
  if (column.charset === null || column.collation === null)
    return `${name} = ${cast(column, value)}`
  const stored = `CONVERT(${value} USING ${column.charset})`
  const same = `${name} = ${stored} COLLATE ${column.collation}`
  // A letter that the column's character set lacks would become a question mark.
  return column.charset === 'utf8mb4'
    ? same
    : `${same} AND CONVERT(${stored} USING utf8mb4) = CONVERT(${value} USING utf8mb4) COLLATE utf8mb4_bin`
}

/** In the column's own type, so that its index is used. */
export function cast({ kind, field, timeDigits }: Column, value: string): string {
  if (kind === 'date') return `CAST(${value} AS DATE)`
  if (kind === 'instant') return `CAST(${value} AS DATETIME(${timeDigits}))`
  const { maxDigits, maxScale } = field
  if (maxDigits === undefined || maxScale === undefined) return value
  return `CAST(${value} AS DECIMAL(65,30))`
}

/** What is assigned to a column of a kind that takes no plain text. */
export function assigned({ kind }: Column, value: string): string {
  return kind === 'geometry' ? `ST_GeomFromText(${value})` : value
}
