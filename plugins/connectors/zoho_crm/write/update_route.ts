import type { CallRoute, RecordOutcome } from '#sdk'
import { apiUrl } from '../api/address.js'
import { readOutcomes } from './read_outcomes.js'
import { recordCost, sendRecords } from './send_records.js'
import { triggerClause } from './trigger_clause.js'
import { unknownRecord } from './unknown_record.js'

function withId(id: string, json: string) {
  const head = `{"id":${JSON.stringify(id)}`
  return json === '{}' ? `${head}}` : `${head},${json.slice(1)}`
}

export const updateRoute: CallRoute = {
  kind: 'call',
  name: 'update',
  operations: ['update'],
  maxRecords: 100,
  cost: recordCost,
  concurrency: 10,
  idempotent: ['update'],
  async send(ctx, { stream, json, ids }) {
    const places: number[] = []
    const bodies: string[] = []
    const outcomes: RecordOutcome[] = []
    for (const [index, id] of ids.entries()) {
      if (id === null) outcomes.push(unknownRecord(index))
      else {
        places.push(index)
        bodies.push(withId(id, json[index]))
      }
    }
    if (bodies.length === 0) return outcomes
    const url = apiUrl(ctx, `/${stream.name}`)
    const to = { method: 'PUT' as const, url, tail: triggerClause(ctx) }
    const reply = await sendRecords(ctx, stream, to, bodies)
    return outcomes.concat(readOutcomes(reply, bodies.length, 'updated', places))
  },
}
