import type { BulkFile } from './plan_file.js'
import { quoted } from './quoted.js'

/** Rows that are put into bytes at once: a text of many thousand pieces is slow to clear away. */
const ROWS_AT_ONCE = 250

export function writeCsv(file: BulkFile): Buffer {
  const { rows } = file
  const parts = [headerOf(file)]
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    parts.push(Buffer.from(linesOf(file, from, Math.min(from + ROWS_AT_ONCE, rows.length))))
  }
  return Buffer.concat(parts)
}

export function headerOf({ columns }: Pick<BulkFile, 'columns'>): Buffer {
  return Buffer.from(`${columns.map(({ name }) => name).join(',')}\n`)
}

function linesOf(
  { columns, rows, record: recordAt, ids }: BulkFile,
  from: number,
  to: number
): string {
  const width = columns.length
  let lines = ''
  for (let at = from; at < to; at++) {
    const index = rows[at]
    const record = recordAt(index)
    for (let place = 0; place < width; place++) {
      const { name, text } = columns[place]
      if (place > 0) lines += ','
      lines += quoted(text(name === 'id' ? ids[index] : record[name]))
    }
    lines += '\n'
  }
  return lines
}
