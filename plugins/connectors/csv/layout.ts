import type { Context } from '#sdk'
import { detectEncoding, type Encoding } from './detect_encoding.js'
import { nameColumns } from './name_columns.js'
import { rowsOf } from './rows_of.js'

/** The row's place in the file, counted from 1 without the header. */
export const ROW_FIELD = '_row'
/** Cells beyond the header's last column, as a list; null in a row that has none. */
export const SURPLUS_FIELD = '_surplus'

/** How a file is to be read. */
export interface Layout {
  encoding: Encoding
  delimiter: string
  hasHeader: boolean
  columns: string[]
}

const HEAD = 65_536
const DELIMITERS: { [choice: string]: string } = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
}

/** Looks at the beginning of the file and the settings. */
export async function layoutOf(ctx: Context): Promise<Layout> {
  const head = await readHead(ctx)
  const encoding = detectEncoding(head, String(ctx.settings.encoding ?? 'auto'))
  const hasHeader = ctx.settings.header !== false
  const chosen = DELIMITERS[String(ctx.settings.delimiter)]
  const delimiter = chosen ?? guessDelimiter(encoding.decodeHead(head))
  for await (const row of rowsOf(ctx, { encoding, delimiter })) {
    const columns = nameColumns(hasHeader ? row.cells : row.cells.map(() => ''), [
      ROW_FIELD,
      SURPLUS_FIELD,
    ])
    return { encoding, delimiter, hasHeader, columns }
  }
  return { encoding, delimiter, hasHeader, columns: [] }
}

async function readHead(ctx: Context): Promise<Buffer> {
  const stream = await ctx.openFile(String(ctx.settings.file))
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk))
      size += chunk.length
      if (size >= HEAD) break
    }
  } finally {
    stream.destroy()
  }
  return Buffer.concat(chunks).subarray(0, HEAD)
}

/** The delimiter that the first lines hold most evenly, outside quotes. */
function guessDelimiter(head: string): string {
  const lines = head
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '')
    .slice(0, 20)
  const score = (delimiter: string) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const first = counts[0] ?? 0
    return first === 0 ? 0 : counts.filter((count) => count === first).length * 1000 + first
  }
  const best = Object.values(DELIMITERS).sort((a, b) => score(b) - score(a))[0]
  return score(best) === 0 ? ',' : best
}
