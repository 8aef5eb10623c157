import type { CallRoute } from '#sdk'
import { apiUrl } from '../api/address.js'
import { readOutcomes } from './read_outcomes.js'
import { recordCost, sendRecords } from './send_records.js'
import { triggerClause } from './trigger_clause.js'

export const insertRoute: CallRoute = {
  kind: 'call',
  name: 'insert',
  operations: ['insert'],
  maxRecords: 100,
  cost: recordCost,
  concurrency: 10,
  idempotent: [],
  async send(ctx, { stream, json }) {
    const url = apiUrl(ctx, `/${stream.name}`)
    const to = { method: 'POST' as const, url, tail: triggerClause(ctx) }
    const reply = await sendRecords(ctx, stream, to, json)
    return readOutcomes(reply, json.length, 'created')
  },
}
