import type { Context, IncrementalBounds, ReadQuery, StreamDescription } from '#sdk'
import { namedIds } from './named_ids.js'
import { SAFE_ROWS } from './rows_per_query.js'

interface Counted extends IncrementalBounds {
  stream: string
  records: number
}

const counts = new WeakMap<Context, Counted>()

/** Keeps what the high-water mark's own query counted between the bounds of the read to come. */
export function keepCount(ctx: Context, count: Counted): void {
  counts.set(ctx, count)
}

/**
 * What a filter names by ids, or what the high-water mark's query has counted. Where a filter or
 * a view narrows, few are few anyway.
 */
export function counted(ctx: Context, stream: StreamDescription, query: ReadQuery): number | null {
  const named = namedIds(stream, query)
  if (named !== null) return named.length
  const { filter, incremental, view = null } = query
  const known = counts.get(ctx)
  if (known === undefined || incremental === null || known.stream !== stream.name) return null
  const { field, from, until } = incremental
  if (known.field !== field || known.from !== from || known.until !== until) return null
  return (filter === null && view === null) || known.records <= SAFE_ROWS ? known.records : null
}
