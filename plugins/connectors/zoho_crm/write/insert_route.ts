import type { CallRoute } from '#sdk'
import { recordCost } from './send_records.js'
import { writeByCall } from './write_by_call.js'

export const insertRoute: CallRoute = {
  kind: 'call',
  name: 'insert',
  operations: ['insert'],
  maxRecords: 100,
  cost: recordCost,
  concurrency: 10,
  idempotent: [],
  send: (ctx, batch) =>
    writeByCall(ctx, batch, {
      operation: 'insert',
      method: 'POST',
      path: '',
      checkedFields: null,
    }),
}
