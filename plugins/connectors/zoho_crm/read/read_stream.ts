import type { Context, Page, ReadQuery, StreamDescription } from '#sdk'
import { canQuery } from './module_reads.js'
import { readRelated } from '../related/read_related.js'
import { readByList } from './read_by_list.js'
import { readByQuery } from './read_by_query.js'

/** Reads without a job, for someone who waits. */
export function readStream(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncIterable<Page> {
  if (stream.within) return readRelated(ctx, stream, query)
  return canQuery(stream) ? readByQuery(ctx, stream, query) : readByList(ctx, stream, query)
}
