import type { Context, DeletedPage, Json, StreamDescription } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { zohoInstant } from './zoho_instant.js'

interface DeletedReply {
  data?: Array<{ id: string; deleted_time: string }>
  info?: { more_records?: boolean }
}

const ROWS = 200
const SECOND = 1000

async function fetchPage(ctx: Context, module: string, since: number, page: number) {
  const parameters = new URLSearchParams({
    type: 'all',
    per_page: String(ROWS),
    page: String(page),
  })
  // Whether the header's own second counts is not certain, so it names the one before.
  const before = zohoInstant(new Date(since - SECOND).toISOString(), 'down')
  const reply = await call<DeletedReply>(
    ctx,
    {
      method: 'GET',
      url: apiUrl(ctx, `/${module}/deleted?${parameters}`),
      headers: { 'if-modified-since': before },
      credits: 1,
    },
    'read'
  )
  return reply.body ?? {}
}

function beginning(since: string, cursor: Json) {
  const isPlace = typeof cursor === 'object' && cursor !== null && !Array.isArray(cursor)
  const at = isPlace && typeof cursor.at === 'string' ? cursor.at : since
  return Math.floor(Date.parse(at) / SECOND) * SECOND
}

/**
 * What was deleted since a second, that second included: deletions of one second may be listed
 * by and by, and to hear of one twice does no harm. Zoho promises no order, so all are fetched first.
 */
export async function* readDeleted(
  ctx: Context,
  stream: StreamDescription,
  { since, cursor }: { since: string; cursor: Json }
): AsyncGenerator<DeletedPage> {
  const from = beginning(since, cursor)
  // Zoho keeps no list of what was deleted below its records.
  if (stream.within) return
  const found = new Map<string, { key: string; at: string; time: number }>()
  for (let page = 1, isMore = true; isMore; page++) {
    ctx.signal.throwIfAborted()
    const { data = [], info } = await fetchPage(ctx, stream.name, from, page)
    for (const { id, deleted_time: at } of data) {
      const time = Date.parse(at)
      if (time >= from) found.set(id, { key: id, at, time })
    }
    isMore = info?.more_records === true && data.length > 0
  }
  const ordered = [...found.values()].sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1))
  for (let at = 0; at < ordered.length; at += ROWS) {
    const page = ordered.slice(at, at + ROWS)
    const deleted = page.map(({ key, at: moment }) => ({ key, at: moment }))
    yield { deleted, cursor: { at: page[page.length - 1].at } }
  }
  if (ordered.length === 0) yield { deleted: [], cursor: { at: new Date(from).toISOString() } }
}
