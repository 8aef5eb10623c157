import type { Context, ReadQuery, StreamDescription } from '#sdk'
import { ID } from '../describe/id_field.js'
import { readByQuery } from '../read/read_by_query.js'
import { compareIds, parentIds } from './parent_ids.js'

/** Ids that are handed on at once. */
const PORTION = 200

/** The module above, as far as it is needed here. */
export function parentStream({ name, title, within = [] }: StreamDescription): StreamDescription {
  const [parent = name] = within
  const nothing = { readable: true, writable: false, cursors: [], pushdown: [] }
  return { name: parent, title, key: [ID.name], fields: [ID], ...nothing }
}

/** What the records above are asked for: all, or those of a view. */
export function parentQuery({ view = null, expected }: ReadQuery): ReadQuery {
  const all = { cursor: null, fields: [], filter: null, incremental: null, pageSize: PORTION }
  return { ...all, view, ...(expected === undefined ? {} : { expected }) }
}

/** The ids of the records above, in their order, behind one of them. */
export async function* walkParents(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  after: string | null
): AsyncGenerator<string[]> {
  const named = parentIds(query.filter)
  if (named !== null) {
    yield named.filter((id) => after === null || compareIds(id, after) > 0)
    return
  }
  const asked = parentQuery(query)
  const from = after === null ? asked : { ...asked, cursor: { at: 'after', last: after } }
  for await (const page of readByQuery(ctx, parentStream(stream), from)) {
    yield page.records.map(({ id }) => String(id))
  }
}
