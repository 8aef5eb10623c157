import { ConnectorError, type Context, type Page, type ReadQuery } from '#sdk'
import type { StreamDescription } from '#sdk'
import { isVendorError } from '../api/vendor_error.js'
import { coqlSource, coqlWhere, type Place } from './coql_where.js'
import { type Cursor, readCursor } from './cursor.js'
import { mendCutTexts } from './cut_texts.js'
import { fieldSets } from './field_sets.js'
import { fetchPeople } from './people.js'
import { recordsOf } from './records_of.js'
import { nextLimit, rowsPerQuery, SAFE_ROWS } from './rows_per_query.js'
import type { Row, RowsReply } from './rows_reply.js'
import { runQuery } from './run_query.js'
import { wholeRows } from './whole_rows.js'

/** A source seldom grows more between two reads. */
const GROWTH = 0.05

function placeOf(row: Row, { incremental }: ReadQuery): Place {
  return { id: row.id, ...(incremental ? { value: String(row[incremental.field]) } : {}) }
}

function start(cursor: Cursor): Place | null {
  if (cursor.at !== 'after' && cursor.at !== 'token') return null
  return { id: cursor.last, ...(cursor.value === undefined ? {} : { value: cursor.value }) }
}

function isUnqueryable(error: unknown) {
  const cause = error instanceof ConnectorError ? error.cause : null
  return isVendorError(cause) && cause.code === 'INVALID_QUERY'
}

/**
 * What queries of one read have in common: they only differ in columns and places. A filter
 * that the org does not take (of an encrypted field) is left to whoever reads the rows.
 */
function asker(ctx: Context, stream: StreamDescription, query: ReadQuery) {
  const { incremental } = query
  const order = incremental ? `${incremental.field} asc, id asc` : 'id asc'
  let filter = query.filter
  return async function ask(
    fields: string[],
    limit: number,
    after: Place | null,
    until?: Place
  ): Promise<RowsReply> {
    const where = coqlWhere(stream, { filter, incremental }, after, until)
    const from = coqlSource(stream, query)
    const text = `select ${fields.join(', ')} from ${from} where ${where} order by ${order}`
    try {
      return await runQuery(ctx, text, limit)
    } catch (error) {
      if (filter === null || !isUnqueryable(error)) throw error
      filter = null
      ctx.log.warn('Zoho does not take the filter as a query; all is read', { stream: stream.name })
      return ask(fields, limit, after, until)
    }
  }
}

/** Reads by COQL, behind the last record each time: a keyset that edits and deletions cannot shift. */
export async function* readByQuery(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  const cursor = readCursor(query.cursor)
  if (cursor.at === 'end') return
  const sets = fieldSets(stream, query)
  const records = recordsOf(stream, query, sets, await fetchPeople(ctx, stream, sets.names))
  const ask = asker(ctx, stream, query)
  let most = rowsPerQuery(ctx)
  let left = cursor.at === 'after' ? (cursor.left ?? null) : (query.expected ?? null)
  let after = start(cursor)
  let seen = 0
  let isExpected = true
  for (let asked = 0; ; asked++) {
    ctx.signal.throwIfAborted()
    const limit = nextLimit(left, asked, most)
    const from = after
    const { data: rows = [], info } = await ask(sets.portions[0], limit, from)
    const final = rows.at(-1)
    const isMore = info?.more_records ?? rows.length === limit
    // An org that answers fewer at once has shown how many.
    if (isMore && rows.length < limit) most = Math.max(SAFE_ROWS, rows.length)
    const whole = await wholeRows(ctx, stream, sets, rows, async (fields, [...read]) => {
      const { data = [] } = await ask(fields, limit, from, placeOf(read[read.length - 1], query))
      return new Map(data.map((row) => [row.id, row]))
    })
    await mendCutTexts(ctx, stream, sets.names, whole)
    for (let at = 0; at < rows.length; at += query.pageSize) {
      ctx.signal.throwIfAborted()
      const chunk = rows.slice(at, at + query.pageSize)
      after = placeOf(chunk[chunk.length - 1], query)
      if (left !== null) left -= chunk.length
      const isEnd = !isMore && chunk.at(-1) === final
      const place = { last: after.id, ...(after.value === undefined ? {} : { value: after.value }) }
      const next: Cursor = isEnd
        ? { at: 'end' }
        : { at: 'after', ...place, ...(left === null || left <= 0 ? {} : { left }) }
      yield { records: records(chunk.map(({ id }) => whole.get(id))), cursor: next }
    }
    if (!isMore || !final) return
    seen += rows.length
    // More have come since they were counted, and hardly many; after that nobody knows.
    if (left !== null && left <= 0) {
      left = isExpected ? Math.ceil(seen * GROWTH) : null
      isExpected = false
      asked = -1
    }
  }
}
