import type { Context } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { Row, RowsReply } from './rows_reply.js'

export const MOST_IDS = 100

/** Records by id, a hundred to a call. Those that are gone are left out. */
export async function fetchByIds(
  ctx: Context,
  module: string,
  fields: string[],
  ids: string[]
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const portion = ids.slice(from, from + MOST_IDS)
    const parameters = new URLSearchParams({ fields: fields.join(','), ids: portion.join(',') })
    const url = apiUrl(ctx, `/${module}?${parameters}`)
    const { body } = await call<RowsReply>(ctx, { method: 'GET', url, credits: 1 }, 'read')
    for (const row of body?.data ?? []) found.set(row.id, row)
  }
  return found
}
