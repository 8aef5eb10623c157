import type { Context } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { RowsReply } from './rows_reply.js'

export function queryCredits(limit: number) {
  if (limit <= 200) return 1
  return limit <= 1000 ? 2 : 3
}

/** One COQL query. `limit` is part of the text as well; it sets the price. */
export async function runQuery(ctx: Context, query: string, limit: number): Promise<RowsReply> {
  const request = {
    method: 'POST' as const,
    url: apiUrl(ctx, '/coql'),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ select_query: `${query} limit ${limit}` }),
    credits: queryCredits(limit),
    lane: 'heavy',
  }
  const reply = await call<RowsReply>(ctx, request, 'read')
  return reply.body ?? {}
}
