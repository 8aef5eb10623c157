import type { Context, DeletedPage, Json, StreamDescription } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { zohoInstant } from './zoho_instant.js'

interface DeletedReply {
  data?: Array<{ id: string; deleted_time: string }>
  info?: { more_records?: boolean }
}

const ROWS = 200
/** Deletions that are told at once. */
const TOLD = 2_000
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

interface Deletion {
  key: string
  at: string
  time: number
}

/** A second, and the last record told of those that were deleted in it; null tells all of these again. */
interface Place {
  from: number
  last: string | null
}

function placeOf(since: string, cursor: Json): Place {
  const { at = null, last = null }: { [name: string]: Json } = Object(cursor ?? {})
  const from = Math.floor(Date.parse(typeof at === 'string' ? at : since) / SECOND) * SECOND
  return { from, last: typeof last === 'string' ? last : null }
}

function isBehind({ key, time }: Deletion, { from, last }: Place) {
  return time > from || (time === from && (last === null || key > last))
}

/**
 * What was deleted since a second, that second included: deletions of one second may be listed
 * by and by, and to hear of one twice does no harm. Zoho promises no order, so all are fetched
 * first. In the midst of them a cursor names the record too: many may go in one second.
 */
export async function* readDeleted(
  ctx: Context,
  stream: StreamDescription,
  { since, cursor }: { since: string; cursor: Json }
): AsyncGenerator<DeletedPage> {
  const place = placeOf(since, cursor)
  // Zoho keeps no list of what was deleted below its records.
  if (stream.within) return
  const found = new Map<string, Deletion>()
  for (let page = 1, isMore = true; isMore; page++) {
    ctx.signal.throwIfAborted()
    const { data = [], info } = await fetchPage(ctx, stream.name, place.from, page)
    for (const { id, deleted_time: at } of data) {
      const deletion = { key: id, at, time: Date.parse(at) }
      if (isBehind(deletion, place)) found.set(id, deletion)
    }
    isMore = info?.more_records === true && data.length > 0
  }
  const ordered = [...found.values()].sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1))
  for (let told = 0; told < ordered.length; told += TOLD) {
    const page = ordered.slice(told, told + TOLD)
    const deleted = page.map(({ key, at }) => ({ key, at }))
    const { at, key: last } = page[page.length - 1]
    yield { deleted, cursor: told + TOLD < ordered.length ? { at, last } : { at } }
  }
  if (ordered.length === 0) {
    yield { deleted: [], cursor: { at: new Date(place.from).toISOString() } }
  }
}
