import { type Context, ConnectorError } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { isVendorError } from '../api/vendor_error.js'
import { queryCredits, SAFE_ROWS } from './rows_per_query.js'
import type { RowsReply } from './rows_reply.js'

async function ask(ctx: Context, query: string, limit: number): Promise<RowsReply> {
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

function isTooMany({ cause }: ConnectorError) {
  return isVendorError(cause) && cause.code === 'LIMIT_EXCEEDED'
}

/** One COQL query for at most `limit` rows; an org that answers fewer is asked for fewer. */
export async function runQuery(ctx: Context, query: string, limit: number): Promise<RowsReply> {
  try {
    return await ask(ctx, query, limit)
  } catch (error) {
    const asksForFewer = limit > SAFE_ROWS && error instanceof ConnectorError && isTooMany(error)
    if (!asksForFewer) throw error
    return ask(ctx, query, SAFE_ROWS)
  }
}
