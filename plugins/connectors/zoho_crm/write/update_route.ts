import type { CallRoute } from '#sdk'
import { recordCost } from './send_records.js'
import { writeByCall } from './write_by_call.js'

export const updateRoute: CallRoute = {
  kind: 'call',
  name: 'update',
  operations: ['update'],
  maxRecords: 100,
  cost: recordCost,
  concurrency: 10,
  idempotent: ['update'],
  send: (ctx, batch) =>
    writeByCall(ctx, batch, {
      operation: 'update',
      method: 'PUT',
      path: '',
      checkedFields: null,
    }),
}
