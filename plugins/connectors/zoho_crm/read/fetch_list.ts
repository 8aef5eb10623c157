import type { Context } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { Cursor } from './cursor.js'
import type { RowsReply } from './rows_reply.js'

function place(cursor: Cursor): { [parameter: string]: string } {
  if (cursor.at === 'token') return { page_token: cursor.token }
  return cursor.at === 'page' ? { page: String(cursor.page) } : {}
}

/** One page of the list, in the order of ids, which never changes. */
export async function fetchList(
  ctx: Context,
  module: string,
  fields: string[],
  perPage: number,
  cursor: Cursor
): Promise<RowsReply> {
  const parameters = new URLSearchParams({
    fields: fields.join(','),
    per_page: String(perPage),
    sort_by: 'id',
    sort_order: 'asc',
    ...place(cursor),
  })
  const request = {
    method: 'GET' as const,
    url: apiUrl(ctx, `/${module}?${parameters}`),
    credits: 1,
    lane: 'heavy',
  }
  const reply = await call<RowsReply>(ctx, request, 'read')
  return reply.body ?? {}
}
