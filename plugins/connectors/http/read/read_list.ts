import {
  ConnectorError,
  type Context,
  type Page,
  type ReadQuery,
  type StreamDescription,
  type Value,
} from '#sdk'
import { call, type Reply } from '../call.js'
import { pointTo } from '../pointer.js'
import { firstPlace, nextPlace, urlOf, type Place } from './place.js'
import { recordMaker } from './record_maker.js'

/** The cursor is the place of a reply, and how many of its rows were read. */
interface Cursor {
  place: Place
  skip: number
}

export async function* readList(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  const toRecord = recordMaker(stream, query.fields)
  let { place, skip } = startOf(ctx, query.cursor)
  let before = ''
  for (;;) {
    ctx.signal.throwIfAborted()
    const url = urlOf(ctx, stream.name, place).href
    const reply = await call(ctx, { method: 'GET', url }, (status) => status < 300)
    const rows = rowsOf(ctx, reply, url)
    if (rows.length > 0 && reply.text === before) throw standsStill()
    before = reply.text
    for (; skip < rows.length;) {
      ctx.signal.throwIfAborted()
      const some = rows.slice(skip, skip + query.pageSize)
      skip += some.length
      yield { records: some.map(toRecord), cursor: { place, skip } }
    }
    const next = nextPlace(ctx, place, rows.length, reply)
    if (next === null) return
    if (next === place) throw standsStill()
    place = next
    skip = 0
  }
}

function startOf(ctx: Context, cursor: Value): Cursor {
  if (cursor === null) return { place: firstPlace(ctx), skip: 0 }
  if (typeof cursor === 'object' && !Array.isArray(cursor) && typeof cursor.skip === 'number') {
    const { place, skip } = cursor
    if (place === null || typeof place === 'string' || typeof place === 'number') {
      return { place, skip }
    }
  }
  throw new ConnectorError('fatal', 'This cursor is not one of this list.')
}

function rowsOf(ctx: Context, { status, body }: Reply, url: string): Value[] {
  const pointer = String(ctx.settings.rows ?? '')
  const rows = body === undefined ? undefined : pointTo(body, pointer)
  if (status < 300 && Array.isArray(rows)) return rows
  const { host, pathname } = new URL(url)
  const lack = status < 300 ? `has no list at "${pointer}"` : `has the status ${status}`
  throw new ConnectorError('config', `The reply of ${host} to GET ${pathname} ${lack}.`)
}

function standsStill(): ConnectorError {
  const message = 'The endpoint answers the same page again and again. Check how the list goes on.'
  return new ConnectorError('config', message)
}
