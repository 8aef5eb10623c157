import type { Context, Json, Page, ReadQuery, RecordValues, StreamDescription } from '#sdk'
import { FILE } from './file_fields.js'
import { loadBelow } from './load_below.js'
import { compareIds } from './parent_ids.js'
import { asksFiles, withFileFacts } from './related_sets.js'
import { takeFile } from './take_file.js'
import { walkParents } from './walk_parents.js'

/** Records above that are asked about at once; the connection's own limit holds besides. */
const AT_ONCE = 5
/** After so many the place is kept, whether or not anything hangs on them. */
const STRETCH = 20
/** What a page with files may hold, in bytes as they are written. */
const MOST_HELD = 8 * 1024 * 1024

/** Where a read goes on: behind a row of this record above, or behind all of its rows. */
type Place = { parent: string; last: string | null }

function readPlace(cursor: Json): Place | null {
  if (typeof cursor !== 'object' || cursor === null || Array.isArray(cursor)) return null
  const { parent, last } = cursor
  if (typeof parent !== 'string') return null
  return { parent, last: typeof last === 'string' ? last : null }
}

interface Below {
  parent: string
  records: RecordValues[]
}

/** What hangs on each record above, in their order, from a place on. */
async function* walk(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  place: Place | null
): AsyncGenerator<Below> {
  const below = loadBelow(ctx, stream, query)
  if (place !== null && place.last !== null) {
    const { parent, last } = place
    const records = await below(parent)
    yield { parent, records: records.filter(({ id }) => compareIds(String(id), last) > 0) }
  }
  for await (const parents of walkParents(ctx, stream, query, place?.parent ?? null)) {
    for (let from = 0; from < parents.length; from += AT_ONCE) {
      ctx.signal.throwIfAborted()
      const few = parents.slice(from, from + AT_ONCE)
      const found = await Promise.all(few.map(below))
      for (const [index, records] of found.entries()) yield { parent: few[index], records }
    }
  }
}

function weight(value: RecordValues[string]): number {
  const { base64 } = Object(value)
  return typeof base64 === 'string' ? base64.length : 0
}

/** Reads a related list record by record: what hangs on each of the records above. */
export async function* readRelated(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  const isFiles = asksFiles(query)
  const asked = withFileFacts(query)
  const extra = asked.fields.filter((name) => !query.fields.includes(name))
  let place = readPlace(query.cursor)
  let held: RecordValues[] = []
  let bytes = 0
  let passed = 0
  const page = (): Page => {
    ctx.signal.throwIfAborted()
    const full = { records: held, cursor: place }
    held = []
    bytes = passed = 0
    return full
  }
  for await (const { parent, records } of walk(ctx, stream, asked, place)) {
    for (const [index, record] of records.entries()) {
      if (isFiles) record[FILE] = await takeFile(ctx, stream.name, record)
      for (const name of extra) delete record[name]
      held.push(record)
      bytes += weight(record[FILE])
      place = { parent, last: index === records.length - 1 ? null : String(record.id) }
      if (held.length >= query.pageSize || bytes >= MOST_HELD) yield page()
    }
    place = { parent, last: null }
    passed++
    if (passed >= STRETCH) yield page()
  }
  if (held.length > 0) yield page()
}
