import { ConnectorError, type Match } from '#sdk'
import { type Column, column } from './column.js'
import type { RecordAt } from './record_at.js'

/** The result shows the first three columns only, so these must tell the rows apart. */
const SHOWN = 3
const TEXTS = ['text', 'email', 'phone', 'url', 'picklist']

interface Rows {
  /** The field that Zoho finds records by. */
  by: string | null
  record: RecordAt
  rows: number[]
}

function variety({ name, text }: Column, { record, rows }: Rows) {
  const seen = new Set<string>()
  for (const index of rows) seen.add(text(record(index)[name]))
  return seen.size
}

/** Without a match field: the texts with the most different values, since texts come back as sent. */
function mostTelling(columns: Column[], rows: Rows) {
  return columns
    .filter(({ field }) => TEXTS.includes(field.type) && (field.maxLength ?? 0) <= 255)
    .map((each) => ({ each, variety: variety(each, rows) }))
    .sort((a, b) => b.variety - a.variety)
    .slice(0, SHOWN)
    .map(({ each }) => each)
}

/** What a lookup says in the file may be another than what the record says. */
function leading(columns: Column[]) {
  const plain = columns.filter(({ field }) => field.type !== 'lookup')
  return (plain.length > 0 ? plain : columns).slice(0, SHOWN)
}

function matchColumns(columns: Column[], match: Match, by: string) {
  const names = match.by === 'fields' ? match.fields.slice(0, SHOWN) : [by]
  const found = names.flatMap((name) => columns.find((each) => each.name === name) ?? [])
  if (found.some((each) => each.name === by)) return found
  throw new ConnectorError(
    'config',
    `The match field ${by} is not mapped, so Zoho cannot find records by it.`
  )
}

export function orderColumns(
  columns: Column[],
  match: Match,
  rows: Rows
): { columns: Column[]; keyColumns: number } {
  const { by } = rows
  if (by === 'id') {
    const id = column({ name: 'id', type: 'text' })
    return { columns: [id, ...columns], keyColumns: 1 }
  }
  const key = by === null ? mostTelling(columns, rows) : matchColumns(columns, match, by)
  const first = key.length > 0 ? key : leading(columns)
  const rest = columns.filter((each) => !first.includes(each))
  return { columns: [...first, ...rest], keyColumns: first.length }
}
