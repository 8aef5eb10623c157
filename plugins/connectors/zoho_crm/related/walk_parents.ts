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

/** The records above that are known without a call: those that a filter names, where no view narrows. */
export function knownParents({ filter, view = null }: ReadQuery): string[] | null {
  const ids = parentIds(filter)
  return view === null || ids?.length === 0 ? ids : null
}

/** What the records above are asked for: all, or those of a view, or the named ones of a view. */
export function parentQuery({ filter, view = null, expected }: ReadQuery): ReadQuery {
  const values = parentIds(filter)
  return {
    cursor: null,
    fields: [],
    filter: values && { field: ID.name, op: 'in', values },
    incremental: null,
    pageSize: PORTION,
    view,
    ...(expected === undefined ? {} : { expected }),
  }
}

/** The ids of the records above, in their order, behind one of them. */
export async function* walkParents(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  after: string | null
): AsyncGenerator<string[]> {
  const named = knownParents(query)
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
