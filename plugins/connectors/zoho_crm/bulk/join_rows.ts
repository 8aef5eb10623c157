import { ConnectorError } from '#sdk'
import type { BulkFile } from './plan_file.js'

/** A row of the result, with the place of its record in the batch. */
export interface JoinedRow {
  index: number
  status: string
  id: string
  errors: string
}

const SEPARATOR = '\u0000'

function waiting({ columns, keyColumns, rows, records, ids }: BulkFile) {
  const key = columns.slice(0, keyColumns)
  const places = new Map<string, number[]>()
  for (const index of rows) {
    const text = key
      .map((each) => each.text(each.name === 'id' ? ids[index] : records[index][each.name]).trim())
      .join(SEPARATOR)
    const list = places.get(text)
    if (list) list.push(index)
    else places.set(text, [index])
  }
  for (const list of places.values()) list.reverse()
  return places
}

function positions(header: string[], file: BulkFile) {
  const upper = header.map((name) => name.trim().toUpperCase())
  const [status, id, errors] = ['STATUS', 'RECORD_ID', 'ERRORS'].map((name) =>
    upper.lastIndexOf(name)
  )
  if (status === -1 || id === -1 || errors === -1) {
    throw new ConnectorError(
      'fatal',
      "The bulk job's result has no STATUS, RECORD_ID and ERRORS.",
      {
        detail: `${header.length} columns`,
      }
    )
  }
  const key = file.columns.slice(0, file.keyColumns).map(({ name }, place) => {
    const named = header.indexOf(name)
    return named === -1 ? place : named
  })
  return { status, id, errors, key }
}

/** Rows with equal keys are joined in the order in which they were sent. */
export function joinRows(file: BulkFile, [header = [], ...rows]: string[][]): JoinedRow[] {
  const at = positions(header, file)
  const places = waiting(file)
  const joined: JoinedRow[] = []
  for (const row of rows) {
    const key = at.key.map((position) => (row[position] ?? '').trim()).join(SEPARATOR)
    const index = places.get(key)?.pop()
    if (index === undefined) continue
    const status = (row[at.status] ?? '').trim().toUpperCase()
    joined.push({ index, status, id: row[at.id] ?? '', errors: row[at.errors] ?? '' })
  }
  return joined
}
