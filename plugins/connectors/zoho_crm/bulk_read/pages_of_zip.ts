import { ConnectorError, type Context, type ReadQuery, type RecordValues } from '#sdk'
import type { StreamDescription } from '#sdk'
import { fieldSets } from '../read/field_sets.js'
import { fillPeople } from '../read/fill_people.js'
import { keeper } from '../read/keeper.js'
import { fetchPeople } from '../read/people.js'
import { type BulkCursor, isBehind } from './bulk_cursor.js'
import { recordOfCells } from './cell_value.js'
import type { ReadJob } from './read_job.js'
import { zipRows } from './zip_rows.js'

type AtJob = Extract<BulkCursor, { at: 'job' }>

interface FilePage {
  records: RecordValues[]
  state: AtJob
}

function incomplete(bytes: number, cause: unknown) {
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new ConnectorError('transient', "The bulk read's result did not arrive whole.", {
    detail: `${bytes} bytes: ${detail}`,
    cause,
  })
}

/** All rows, with the trouble of a bad file told as such. */
async function* rowsOf(zip: Uint8Array) {
  try {
    yield* zipRows(zip)
  } catch (cause) {
    throw incomplete(zip.length, cause)
  }
}

/** The pages of a job's file behind the rows that were read before. */
export async function* pagesOfZip(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  from: AtJob,
  job: ReadJob,
  zip: Uint8Array
): AsyncGenerator<FilePage> {
  const sets = fieldSets(stream, query)
  const keep = keeper(stream, query, sets)
  const fill = fillPeople(stream, sets.names, await fetchPeople(ctx, stream, sets.names))
  let record: ((cells: string[]) => RecordValues) | null = null
  let state = { ...from }
  let page: RecordValues[] = []
  let row = 0
  for await (const cells of rowsOf(zip)) {
    if (record === null) {
      record = recordOfCells(stream, cells)
      continue
    }
    if (row++ < from.row) continue
    const found = record(cells)
    const id = String(found.id)
    const isOrdered = state.isOrdered && isBehind(id, state.last)
    state = { ...state, row, last: id, seen: state.seen + 1, isOrdered }
    page.push(found)
    if (page.length < query.pageSize) continue
    ctx.signal.throwIfAborted()
    yield { records: keep(fill(page)), state }
    page = []
  }
  const { count } = job.result ?? {}
  if (count !== undefined && count !== row) {
    throw incomplete(zip.length, new Error(`${row} rows instead of ${count}`))
  }
  ctx.signal.throwIfAborted()
  if (page.length > 0) yield { records: keep(fill(page)), state }
}
