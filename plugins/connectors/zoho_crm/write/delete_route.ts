import type { CallRoute } from '#sdk'
import { deleteByCall } from './delete_by_call.js'

/** A call has one price, however many records it deletes. No lock holds a record from it. */
export const deleteRoute: CallRoute = {
  kind: 'call',
  name: 'delete',
  operations: ['delete'],
  maxRecords: 100,
  cost: () => 1,
  concurrency: 10,
  idempotent: ['delete'],
  suits: ({ options }) => !options.lockField,
  send: deleteByCall,
}
