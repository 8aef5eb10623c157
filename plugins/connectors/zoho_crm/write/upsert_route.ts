import type { CallRoute } from '#sdk'
import { apiUrl } from '../api/address.js'
import { matchFields } from './match_fields.js'
import { readOutcomes } from './read_outcomes.js'
import { recordCost, sendRecords } from './send_records.js'
import { triggerClause } from './trigger_clause.js'

export const upsertRoute: CallRoute = {
  kind: 'call',
  name: 'upsert',
  operations: ['upsert'],
  maxRecords: 100,
  cost: recordCost,
  concurrency: 10,
  idempotent: ['upsert'],
  async send(ctx, { stream, match, json }) {
    const checked = `,"duplicate_check_fields":${JSON.stringify(matchFields(match))}`
    const url = apiUrl(ctx, `/${stream.name}/upsert`)
    const to = { method: 'POST' as const, url, tail: checked + triggerClause(ctx) }
    const reply = await sendRecords(ctx, stream, to, json)
    return readOutcomes(reply, json.length, 'updated')
  },
}
