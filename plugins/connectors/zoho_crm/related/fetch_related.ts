import type { Context } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { Row, RowsReply } from '../read/rows_reply.js'
import { isGone } from './is_gone.js'
import type { RelatedName } from './related_name.js'

const PER_PAGE = 200

async function fetchPage(
  ctx: Context,
  { parent, list }: RelatedName,
  id: string,
  parameters: { [name: string]: string }
): Promise<RowsReply> {
  const url = apiUrl(ctx, `/${parent}/${id}/${list}?${new URLSearchParams(parameters)}`)
  const { body } = await call<RowsReply>(ctx, { method: 'GET', url, credits: 1 }, 'read')
  return body ?? {}
}

/** All that hangs on one record, 200 to a call. */
export async function fetchRelated(
  ctx: Context,
  related: RelatedName,
  id: string,
  fields: string[]
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  const always = { fields: fields.join(','), per_page: String(PER_PAGE) }
  let place: { [name: string]: string } = { page: '1' }
  try {
    for (let page = 1; ; page++) {
      ctx.signal.throwIfAborted()
      const { data = [], info } = await fetchPage(ctx, related, id, { ...always, ...place })
      for (const row of data) found.set(row.id, row)
      if (!info?.more_records || data.length === 0) return found
      const token = info.next_page_token
      place = token ? { page_token: token } : { page: String(page + 1) }
    }
  } catch (error) {
    // A record that was deleted meanwhile has nothing below it.
    if (!isGone(error)) throw error
    return new Map()
  }
}
