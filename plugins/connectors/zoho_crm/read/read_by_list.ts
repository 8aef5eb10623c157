import type { Context, IncrementalBounds, Page, ReadQuery, StreamDescription } from '#sdk'
import { type Cursor, readCursor } from './cursor.js'
import { mendCutTexts } from './cut_texts.js'
import { fetchFar } from './fetch_far.js'
import { fetchByIds } from './fetch_by_ids.js'
import { fetchList } from './fetch_list.js'
import { fieldSets } from './field_sets.js'
import { idsOf } from './ids_of.js'
import { isTokenLost } from './is_token_lost.js'
import { LIST_ROWS, listedSets } from './listed_sets.js'
import { readByIds } from './read_by_ids.js'
import { readByQuery } from './read_by_query.js'
import { recordsOf } from './records_of.js'
import type { Row, RowsReply } from './rows_reply.js'
import { wholeRows } from './whole_rows.js'

function isWithin(row: Row, { field, from, until }: IncrementalBounds) {
  const at = Date.parse(String(row[field]))
  const isLate = from === null || at >= Date.parse(String(from))
  return isLate && at <= Date.parse(String(until))
}

/** Before all ids. */
const FIRST = '0'

function nextCursor({ data = [], info }: RowsReply, size: number, query: ReadQuery): Cursor {
  const last = data.at(-1)
  const { incremental } = query
  if (!info?.more_records || !last) return { at: 'end' }
  const value = incremental ? { value: String(last[incremental.field]) } : {}
  const isPast =
    incremental && Date.parse(String(value.value)) > Date.parse(String(incremental.until))
  if (isPast) return { at: 'end' }
  // Among equal times a list has its own order, so that a query begins with all of these again.
  const behind = incremental ? FIRST : last.id
  // Page numbers move when records are edited; without a token a query goes on behind the last.
  return info.next_page_token
    ? { at: 'token', token: info.next_page_token, size, last: behind, ...value }
    : { at: 'after', last: behind, ...value }
}

type Step = { reply: RowsReply; size: number }

/** The page at a cursor; null where the list cannot go on from there. */
async function nextPage(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  fields: string[],
  cursor: Cursor
): Promise<Step | null> {
  if (cursor.at === 'after') return null
  const token = cursor.at === 'token' ? cursor.token : null
  // A token holds for the page size it was given for.
  const size = cursor.at === 'token' ? cursor.size : Math.min(query.pageSize, LIST_ROWS)
  if (size > query.pageSize) return null
  try {
    return { reply: await fetchList(ctx, stream.name, query, { fields, size, token }), size }
  } catch (error) {
    if (token === null || !isTokenLost(error)) throw error
    return null
  }
}

/** Reads the list by tokens, and by query from where it cannot go on. */
export async function* readByList(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  if (idsOf(query.filter) !== null) return yield* readByIds(ctx, stream, query)
  const sets = listedSets(fieldSets(stream, query))
  const records = recordsOf(stream, query, sets)
  const { incremental } = query
  let cursor = readCursor(query.cursor)
  while (cursor.at !== 'end') {
    ctx.signal.throwIfAborted()
    const step = await nextPage(ctx, stream, query, sets.portions[0], cursor)
    if (step === null) return yield* readByQuery(ctx, stream, { ...query, cursor })
    const { reply, size } = step
    const rows = (reply.data ?? []).filter((row) => !incremental || isWithin(row, incremental))
    const whole = await wholeRows(ctx, stream, sets, rows, (fields, read) => {
      const ids = read.map(({ id }) => id)
      return fetchByIds(ctx, stream.name, fields, ids)
    })
    await mendCutTexts(ctx, stream, sets.names, whole)
    await fetchFar(ctx, stream, sets.names, whole)
    cursor = nextCursor(reply, size, query)
    const page = records(rows.map(({ id }) => whole.get(id)))
    if (page.length > 0 || cursor.at === 'end') yield { records: page, cursor }
  }
}
