import { isObject } from '#domain/connections/connection_file'
import { Refusal } from '#domain/refusal'

/** A column of a table that is to be made, and the source field that fills it. */
export interface NewColumn {
  from: string
  name: string
  isKey: boolean
}

export interface NewTable {
  name: string
  columns: NewColumn[]
}

const MOST_COLUMNS = 2_000

/** What the form sends, as text, since an empty name in it must stay one. */
export function readNewTable(text: unknown): NewTable {
  const table = typeof text === 'string' ? parsed(text) : null
  if (isTable(table)) return table
  throw new Refusal('This is no table to make. Load the page again.')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isTable(table: unknown): table is NewTable {
  if (!isObject(table) || typeof table.name !== 'string') return false
  const { columns } = table
  return Array.isArray(columns) && columns.length <= MOST_COLUMNS && columns.every(isColumn)
}

function isColumn(column: unknown): boolean {
  if (!isObject(column)) return false
  const { from, name, isKey } = column
  return typeof from === 'string' && typeof name === 'string' && typeof isKey === 'boolean'
}
