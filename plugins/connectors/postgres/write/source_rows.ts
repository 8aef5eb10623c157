import { escapeIdentifier } from 'pg'
import type { Column } from '../column.js'
import type { Cell } from './cell.js'

/** Literals as a table named `v`: `crossdock_n` counts them, `crossdock_0` and so on are the values, all text. */
export function sourceRows(rows: Cell[][]): string {
  const lists = rows.map((cells, n) => `(${[n, ...cells.map((cell) => cell.literal)].join(', ')})`)
  const names = rows[0].map((_cell, at) => valueName(at))
  return `(VALUES ${lists.join(', ')}) AS v(${['crossdock_n', ...names].join(', ')})`
}

function valueName(at: number): string {
  return `crossdock_${at}`
}

/** Value `at` of `v` in the type of a column. */
export function valueOf(column: Column, at: number): string {
  return `v.${valueName(at)}::${column.cast}`
}

/** Holds where a column is equal to value `at` of `v` as the column itself compares. */
export function equals(column: Column, at: number): string {
  return `t.${escapeIdentifier(column.name)} = ${valueOf(column, at)}`
}

/** As `equals`, but for capitals and spaces at the ends. An index over the same expression serves. */
export function alike(column: Column, at: number): string {
  if (column.kind !== 'text' && column.kind !== 'padded') return equals(column, at)
  const held = `t.${escapeIdentifier(column.name)}::text`
  return `lower(btrim(${held})) = lower(btrim(v.${valueName(at)}::text))`
}
