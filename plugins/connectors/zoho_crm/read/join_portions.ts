import type { Context, StreamDescription } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { Row, RowsReply } from './rows_reply.js'

const MOST_IDS = 100

async function fetchByIds(ctx: Context, module: string, fields: string[], ids: string[]) {
  const parameters = new URLSearchParams({ fields: fields.join(','), ids: ids.join(',') })
  const url = apiUrl(ctx, `/${module}?${parameters}`)
  const reply = await call<RowsReply>(ctx, { method: 'GET', url, credits: 1 }, 'read')
  return reply.body?.data ?? []
}

async function withPortion(ctx: Context, module: string, fields: string[], rows: Row[]) {
  const found = new Map<string, Row>()
  for (let from = 0; from < rows.length; from += MOST_IDS) {
    const ids = rows.slice(from, from + MOST_IDS).map((row) => row.id)
    for (const row of await fetchByIds(ctx, module, fields, ids)) found.set(row.id, row)
  }
  return rows.flatMap((row) => {
    const more = found.get(row.id)
    return more ? [{ ...row, ...more }] : []
  })
}

/** Adds the fields beyond the first fifty. A record that is gone by then was deleted meanwhile. */
export async function joinPortions(
  ctx: Context,
  stream: StreamDescription,
  portions: string[][],
  rows: Row[]
): Promise<Row[]> {
  let joined = rows
  for (const fields of portions) joined = await withPortion(ctx, stream.name, fields, joined)
  return joined
}
