import type { RecordOutcome, WriteBatch } from '#sdk'
import { cellText } from './cell_text.js'
import type { FileFormat } from './file_format.js'

/** What a batch wants of one row. */
export interface WantedRow {
  /** The records of this key, in order; the last one counts. */
  indexes: number[]
  /** Column to cell; columns that are not mapped keep theirs. */
  cells: Map<string, string>
  state: 'created' | 'updated' | 'unchanged'
}

/** The rows that a batch wants by their key, and what no file of this encoding can hold. */
export function wantedRows(
  { stream, records, options }: WriteBatch,
  format: FileFormat
): { wanted: Map<string, WantedRow>; refused: RecordOutcome[] } {
  const wanted = new Map<string, WantedRow>()
  const refused: RecordOutcome[] = []
  for (const [index, record] of records.entries()) {
    const cells = Object.entries(record).map(([name, value]): [string, string] => [
      name,
      cellText(value, options.formulas === 'keep'),
    ])
    const misfit = cells.find(([, text]) => !format.holds(text))
    if (misfit !== undefined) {
      refused.push(unwritable(index, misfit[0], format.encoding.name))
      continue
    }
    const all = new Map(cells)
    const key = keyOf(stream.key.map((name) => all.get(name) ?? ''))
    const known = wanted.get(key)
    const indexes = [...(known?.indexes ?? []), index]
    const merged = new Map([...(known?.cells ?? []), ...all])
    wanted.set(key, { indexes, cells: merged, state: 'created' })
  }
  return { wanted, refused }
}

/** One column stands for itself, so that the id of a row is what a person would look for. */
export function keyOf(cells: string[]): string {
  return cells.length === 1 ? cells[0] : JSON.stringify(cells)
}

function unwritable(index: number, field: string, encoding: string): RecordOutcome {
  const message = `A character of ${field} cannot be written as ${encoding}. Choose UTF-8 for the file.`
  return { index, state: 'rejected', code: 'NOT_IN_ENCODING', message, field }
}
