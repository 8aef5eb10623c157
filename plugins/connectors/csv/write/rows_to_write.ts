import type { Context, StreamDescription } from '#sdk'
import { rowsOf } from '../rows_of.js'
import type { FileFormat } from './file_format.js'
import { keyOf, type WantedRow } from './wanted_rows.js'

/** The rows of the new file: those there are, changed where that is wanted, then those that are new. */
export async function* rowsToWrite(
  ctx: Context,
  stream: StreamDescription,
  format: FileFormat,
  wanted: Map<string, WantedRow>
): AsyncGenerator<string[]> {
  const columns = stream.fields.filter((field) => !field.readOnly).map((field) => field.name)
  const places = stream.key.map((name) => columns.indexOf(name))
  yield columns
  const found = new Set<string>()
  let isHeader = true
  for await (const { cells } of format.isNew ? [] : rowsOf(ctx, format)) {
    if (!isHeader) {
      const key = keyOf(places.map((at) => cells[at] ?? ''))
      const row = wanted.get(key)
      if (row && !found.has(key)) {
        change(row, cells, columns)
        found.add(key)
      }
      yield cells
    }
    isHeader = false
  }
  for (const [key, row] of wanted) {
    if (!found.has(key)) yield columns.map((name) => row.cells.get(name) ?? '')
  }
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
