import type { CallRoute, Route, StreamDescription, Value } from '#sdk'
import { ATTACHMENTS } from '../files/attachments_field.js'
import { bulkRoute } from '../bulk/bulk_route.js'
import { deleteRoute } from './delete_route.js'
import { insertRoute } from './insert_route.js'
import { bulkOperations, canUpsert } from './module_support.js'
import { updateRoute } from './update_route.js'
import { asksAttachments, withAttachments } from './with_attachments.js'
import { upsertRoute } from './upsert_route.js'

export function routes(
  stream: StreamDescription,
  settings: { [name: string]: Value } = {}
): Route[] {
  if (!stream.writable) return []
  const bulk = bulkOperations(stream)
  const hasAttachments = stream.fields.some(({ name }) => name === ATTACHMENTS)
  const plainly = (route: CallRoute) => (hasAttachments ? withAttachments(route) : [route])
  return [
    // An attachment that fails has its record sent again, which an insert would double.
    { ...insertRoute, suits: (wish) => !asksAttachments(wish) },
    ...plainly(updateRoute),
    deleteRoute,
    ...(canUpsert(stream) ? plainly(upsertRoute) : []),
    ...(bulk.length > 0 ? [bulkRoute(stream, bulk, settings)] : []),
  ]
}
