import type { Context, ReadQuery, StreamDescription } from '#sdk'
import type { Cursor } from './cursor.js'
import { fetchList } from './fetch_list.js'
import { isTokenLost } from './is_token_lost.js'
import { queryPage, queryRows } from './query_page.js'
import type { Row, RowsReply } from './rows_reply.js'

export interface Step {
  rows: Row[]
  next: Cursor
}

const LIST_ROWS = 200
const LAST_PAGE = 10

function nextOfList(cursor: Cursor, { data = [], info }: RowsReply, size: number): Cursor {
  const last = data.at(-1)?.id
  if (!info?.more_records || last === undefined) return { at: 'end' }
  if (info.next_page_token) return { at: 'token', token: info.next_page_token, size, last }
  const page = cursor.at === 'page' ? cursor.page + 1 : 2
  return page <= LAST_PAGE ? { at: 'page', page, last } : { at: 'after', last }
}

async function byList(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  fields: string[],
  cursor: Cursor
): Promise<Step> {
  // A token holds for the page size it was given for.
  const size = cursor.at === 'token' ? cursor.size : Math.min(query.pageSize, LIST_ROWS)
  const reply = await fetchList(ctx, stream.name, fields, size, cursor)
  return { rows: reply.data ?? [], next: nextOfList(cursor, reply, size) }
}

async function byQuery(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  fields: string[],
  from: { last: string | null; value?: string }
): Promise<Step> {
  const limit = queryRows(ctx, query.pageSize)
  const reply = await queryPage(ctx, stream, fields, query.incremental, { ...from, limit })
  const rows = reply.data ?? []
  const final = rows.at(-1)
  const isLast = !final || !(reply.info?.more_records ?? rows.length === limit)
  if (isLast) return { rows, next: { at: 'end' } }
  const value = query.incremental ? String(final[query.incremental.field]) : undefined
  const next = { at: 'after' as const, last: final.id, ...(value === undefined ? {} : { value }) }
  return { rows, next }
}

/** The page at `cursor`: by list, or by query for increments and where the list gives up. */
export async function nextPage(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  fields: string[],
  cursor: Cursor
): Promise<Step> {
  if (cursor.at === 'end') return { rows: [], next: cursor }
  if (cursor.at === 'after') return byQuery(ctx, stream, query, fields, cursor)
  if (query.incremental) return byQuery(ctx, stream, query, fields, { last: null })
  const isTooLarge = cursor.at === 'token' && cursor.size > query.pageSize
  if (isTooLarge) return byQuery(ctx, stream, query, fields, { last: cursor.last })
  try {
    return await byList(ctx, stream, query, fields, cursor)
  } catch (error) {
    if (cursor.at === 'start' || !isTokenLost(error)) throw error
    return byQuery(ctx, stream, query, fields, { last: cursor.last })
  }
}
