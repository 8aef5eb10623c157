import type { Column } from './column.js'
import type { RecordAt } from './record_at.js'

export const KEY_SEPARATOR = '\u0000'

interface Keyed {
  columns: Column[]
  /** How many of the first columns tell the rows apart. */
  keyColumns: number
  record: RecordAt
  ids: Array<string | null>
}

/** The key of a record by its place in the batch, as the file says it. */
export function keyReader({ columns, keyColumns, record, ids }: Keyed): (index: number) => string {
  const cell = ({ name, text }: Column, index: number) =>
    text(name === 'id' ? ids[index] : record(index)[name]).trim()
  const key = columns.slice(0, keyColumns)
  const [first] = key
  if (key.length === 1) return (index) => cell(first, index)
  return (index) => key.map((column) => cell(column, index)).join(KEY_SEPARATOR)
}
