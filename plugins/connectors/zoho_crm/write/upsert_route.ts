import type { CallRoute } from '#sdk'
import { matchFields } from './match_fields.js'
import { recordCost } from './send_records.js'
import { writeByCall } from './write_by_call.js'

export const upsertRoute: CallRoute = {
  kind: 'call',
  name: 'upsert',
  operations: ['upsert'],
  maxRecords: 100,
  cost: recordCost,
  concurrency: 10,
  idempotent: ['upsert'],
  send: async (ctx, batch) =>
    writeByCall(ctx, batch, {
      operation: 'upsert',
      method: 'POST',
      path: '/upsert',
      checkedFields: matchFields(batch.match),
    }),
}
