import type { Context, Page, ReadQuery, StreamDescription } from '#sdk'
import { readCursor } from './cursor.js'
import { mendCutTexts } from './cut_texts.js'
import { fetchFar } from './fetch_far.js'
import { fetchByIds, MOST_IDS } from './fetch_by_ids.js'
import { fieldSets } from './field_sets.js'
import { idsOf } from './ids_of.js'
import { listedSets } from './listed_sets.js'
import { recordsOf } from './records_of.js'
import { wholeRows } from './whole_rows.js'

/** Reads the records that a filter names by their ids, in the order of ids. */
export async function* readByIds(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  const ids = idsOf(query.filter) ?? []
  const cursor = readCursor(query.cursor)
  const sets = listedSets(fieldSets(stream, query))
  const records = recordsOf(stream, query, sets)
  const size = Math.min(query.pageSize, MOST_IDS)
  for (let from = cursor.at === 'ids' ? cursor.read : 0; from < ids.length; from += size) {
    ctx.signal.throwIfAborted()
    const few = ids.slice(from, from + size)
    const found = await fetchByIds(ctx, stream.name, sets.portions[0], few)
    const rows = few.map((id) => found.get(id)).filter((row) => row !== undefined)
    const whole = await wholeRows(ctx, stream, sets, rows, (fields, read) => {
      const living = read.map(({ id }) => id)
      return fetchByIds(ctx, stream.name, fields, living)
    })
    await mendCutTexts(ctx, stream, sets.names, whole)
    await fetchFar(ctx, stream, sets.names, whole)
    const next = { at: 'ids' as const, read: from + few.length }
    yield { records: records(rows.map(({ id }) => whole.get(id))), cursor: next }
  }
}
