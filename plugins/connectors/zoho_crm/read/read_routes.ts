import type { Context, ReadRoute, StreamDescription } from '#sdk'
import { bulkReadRoute } from '../bulk_read/bulk_read_route.js'
import { coqlRoute } from './coql_route.js'
import { listRoute } from './list_route.js'
import { canBulkRead, canQuery } from './module_reads.js'
import { relatedRoute } from '../related/related_route.js'

/**
 * All ways to read a module, those first that keep their place best. The connection's `readBy`
 * leaves but one.
 */
export function readRoutes(ctx: Context, stream: StreamDescription): ReadRoute[] {
  if (!stream.readable) return []
  if (stream.within) return [relatedRoute(ctx, stream)]
  const routes = [
    ...(canQuery(stream) ? [coqlRoute(ctx, stream)] : []),
    listRoute(stream),
    ...(canBulkRead(stream) ? [bulkReadRoute(stream)] : []),
  ]
  const { readBy } = ctx.settings
  if (typeof readBy !== 'string' || readBy === '' || readBy === 'automatic') return routes
  return routes.filter(({ name }) => name === readBy || name === `${readBy}_read`)
}
