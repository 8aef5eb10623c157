import { ConnectorError, type WriteBatch } from '#sdk'
import { type Column, column } from './column.js'

/** The result shows the first three columns only, so these must tell the rows apart. */
const SHOWN = 3
const TEXTS = ['text', 'email', 'phone', 'url', 'picklist']

function variety({ name, text }: Column, { records }: WriteBatch, rows: number[]) {
  const seen = new Set<string>()
  for (const index of rows) seen.add(text(records[index][name]))
  return seen.size
}

/** Without a match field: the texts with the most different values, since texts come back as sent. */
function mostTelling(columns: Column[], batch: WriteBatch, rows: number[]) {
  return columns
    .filter(({ field }) => TEXTS.includes(field.type) && (field.maxLength ?? 0) <= 255)
    .map((each) => ({ each, variety: variety(each, batch, rows) }))
    .sort((a, b) => b.variety - a.variety)
    .slice(0, SHOWN)
    .map(({ each }) => each)
}

/** What a lookup says in the file may be another than what the record says. */
function leading(columns: Column[]) {
  const plain = columns.filter(({ field }) => field.type !== 'lookup')
  return (plain.length > 0 ? plain : columns).slice(0, SHOWN)
}

function matchColumns(columns: Column[], { match }: WriteBatch, by: string) {
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
  batch: WriteBatch,
  by: string | null,
  rows: number[]
): { columns: Column[]; keyColumns: number } {
  if (by === 'id') {
    const id = column({ name: 'id', type: 'text' })
    return { columns: [id, ...columns], keyColumns: 1 }
  }
  const key = by === null ? mostTelling(columns, batch, rows) : matchColumns(columns, batch, by)
  const first = key.length > 0 ? key : leading(columns)
  const rest = columns.filter((each) => !first.includes(each))
  return { columns: [...first, ...rest], keyColumns: first.length }
}
