import type { Context, StreamDescription } from '#sdk'
import { rowsOf } from '../rows_of.js'
import type { FileFormat } from './file_format.js'
import { keyOf, type WantedRow } from './wanted_rows.js'

/**
 * The rows of the new file: those there are, changed where that is wanted, then those that are new.
 * `keys` gathers the keys of all of them.
 */
export async function* rowsToWrite(
  ctx: Context,
  stream: StreamDescription,
  format: FileFormat,
  { wanted, keys }: { wanted: Map<string, WantedRow>; keys: Set<string> }
): AsyncGenerator<string[]> {
  const columns = columnsOf(stream)
  const places = stream.key.map((name) => columns.indexOf(name))
  yield columns
  const found = new Set<string>()
  let isHeader = true
  for await (const { cells } of format.isNew ? [] : rowsOf(ctx, format)) {
    if (!isHeader) {
      const key = keyOf(places.map((at) => cells[at] ?? ''))
      const row = wanted.get(key)
      keys.add(key)
      if (row && !found.has(key)) {
        change(row, cells, columns)
        found.add(key)
      }
      yield cells
    }
    isHeader = false
  }
  const fresh = new Map([...wanted].filter(([key]) => !found.has(key)))
  for (const key of fresh.keys()) keys.add(key)
  yield* newRows(stream, fresh)
}

export function* newRows(
  stream: StreamDescription,
  wanted: Map<string, WantedRow>
): Generator<string[]> {
  const columns = columnsOf(stream)
  for (const row of wanted.values()) yield columns.map((name) => row.cells.get(name) ?? '')
}

function columnsOf({ fields }: StreamDescription): string[] {
  return fields.filter((field) => !field.readOnly).map((field) => field.name)
}

function change(row: WantedRow, cells: string[], columns: string[]): void {
  row.state = 'unchanged'
  for (const [at, name] of columns.entries()) {
    const text = row.cells.get(name)
    if (text === undefined || text === (cells[at] ?? '')) continue
    while (cells.length < at) cells.push('')
    cells[at] = text
    row.state = 'updated'
  }
}
