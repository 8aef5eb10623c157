import { ConnectorError } from '#sdk'
import type { ResultFile } from './download_result.js'
import { KEY_SEPARATOR } from './key_reader.js'
import type { BulkFile } from './plan_file.js'

/** A row of the result, with the place of its record in the batch. */
export interface JoinedRow {
  index: number
  status: string
  id: string
  errors: string
}

/** The key of a record, as a row of the result says it. */
function keyIn(row: string[], places: number[]): string {
  if (places.length === 1) return (row[places[0]] ?? '').trim()
  return places.map((place) => (row[place] ?? '').trim()).join(KEY_SEPARATOR)
}

/** The places of records by their keys, the first of each at the end. */
function waiting(rows: number[], keyOf: (index: number) => string) {
  const places = new Map<string, number[]>()
  for (const index of rows) {
    const text = keyOf(index)
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

/**
 * Rows one by one, with the places of their records. Those with equal keys are joined in the order
 * in which they were sent. As long as the rows come in that order, no list of what is waiting is
 * needed.
 */
export function* joinRows(
  file: BulkFile,
  { header, rows }: Pick<ResultFile, 'header' | 'rows'>
): Generator<JoinedRow, void> {
  const at = positions(header, file)
  const { keyOf } = file
  let next = 0
  let places: Map<string, number[]> | null = null
  for (const row of rows) {
    const key = keyIn(row, at.key)
    const inOrder = places === null && next < file.rows.length && keyOf(file.rows[next]) === key
    if (!inOrder) places ??= waiting(file.rows.slice(next), keyOf)
    const index = inOrder ? file.rows[next++] : places?.get(key)?.pop()
    if (index === undefined) continue
    const status = (row[at.status] ?? '').trim().toUpperCase()
    yield { index, status, id: row[at.id] ?? '', errors: row[at.errors] ?? '' }
  }
}
