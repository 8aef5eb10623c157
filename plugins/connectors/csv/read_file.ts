import { ConnectorError, type Context, type Json, type Page, type ReadQuery } from '#sdk'
import type { RecordValues, StreamDescription } from '#sdk'
import { layoutOf, ROW_FIELD, SURPLUS_FIELD } from './layout.js'
import { rowsOf, type CsvRow } from './rows_of.js'

/** The cursor is the number of rows that were read: the file is parsed again up to there. */
export async function* readFile(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  const layout = await layoutOf(ctx)
  const toRecord = recordMaker(layout.columns, new Set([...query.fields, ...stream.key]))
  const start = startOf(query.cursor)
  let records: RecordValues[] = []
  let row = layout.hasHeader ? -1 : 0
  let uneven = 0
  for await (const parsed of rowsOf(ctx, layout)) {
    row++
    if (row <= start) continue
    if (parsed.cells.length !== layout.columns.length && uneven++ === 0) {
      warnUneven(ctx, parsed, layout.columns.length)
    }
    records.push(toRecord(parsed.cells, row))
    if (records.length < query.pageSize) continue
    yield { records, cursor: { row } }
    records = []
  }
  if (uneven > 1) ctx.log.warn('Rows with too few or too many cells', { rows: uneven })
  if (records.length > 0) yield { records, cursor: { row } }
}

function startOf(cursor: Json): number {
  if (cursor === null) return 0
  if (typeof cursor === 'object' && !Array.isArray(cursor) && typeof cursor.row === 'number') {
    return cursor.row
  }
  throw new ConnectorError('fatal', 'This cursor is not one of this stream.')
}

/** A cell that is not there is null, an empty one is an empty text; none is dropped. */
function recordMaker(columns: string[], wanted: Set<string>) {
  const picked = columns.flatMap((name, at) => (wanted.has(name) ? [{ name, at }] : []))
  return (cells: string[], row: number): RecordValues => {
    const record: RecordValues = {}
    for (const { name, at } of picked) record[name] = cells[at] ?? null
    if (wanted.has(ROW_FIELD)) record[ROW_FIELD] = row
    if (wanted.has(SURPLUS_FIELD)) {
      record[SURPLUS_FIELD] = cells.length > columns.length ? cells.slice(columns.length) : null
    }
    return record
  }
}

function warnUneven(ctx: Context, { cells, line }: CsvRow, columns: number): void {
  ctx.log.warn(`Line ${line} has ${cells.length} cells where the header has ${columns}`)
}
