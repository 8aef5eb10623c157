import type { Route, StreamDescription, Value } from '#sdk'
import { bulkRoute } from '../bulk/bulk_route.js'
import { deleteRoute } from './delete_route.js'
import { insertRoute } from './insert_route.js'
import { bulkOperations, canUpsert } from './module_support.js'
import { updateRoute } from './update_route.js'
import { upsertRoute } from './upsert_route.js'

export function routes(
  stream: StreamDescription,
  settings: { [name: string]: Value } = {}
): Route[] {
  if (!stream.writable) return []
  const bulk = bulkOperations(stream)
  return [
    insertRoute,
    updateRoute,
    deleteRoute,
    ...(canUpsert(stream) ? [upsertRoute] : []),
    ...(bulk.length > 0 ? [bulkRoute(stream, bulk, settings)] : []),
  ]
}
