import type { Context, ReadQuery } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { RowsReply } from './rows_reply.js'
import { zohoInstant } from './zoho_instant.js'

const SECOND = 1000

/** Whether the header's own second counts is not certain, so it names the one before. */
function modifiedSince({ incremental }: ReadQuery): { [header: string]: string } {
  if (incremental === null || incremental.from === null) return {}
  const from = Date.parse(zohoInstant(incremental.from, 'up')) - SECOND
  return { 'if-modified-since': zohoInstant(new Date(from).toISOString(), 'down') }
}

/** One page of the list: in the order of ids, which never changes, or of changes. */
export async function fetchList(
  ctx: Context,
  module: string,
  query: ReadQuery,
  page: { fields: string[]; size: number; token: string | null }
): Promise<RowsReply> {
  const parameters = new URLSearchParams({
    fields: page.fields.join(','),
    per_page: String(page.size),
    sort_by: query.incremental?.field ?? 'id',
    sort_order: 'asc',
    ...(page.token === null ? {} : { page_token: page.token }),
  })
  const request = {
    method: 'GET' as const,
    url: apiUrl(ctx, `/${module}?${parameters}`),
    headers: modifiedSince(query),
    credits: 1,
    lane: 'heavy',
  }
  const reply = await call<RowsReply>(ctx, request, 'read')
  return reply.body ?? {}
}
