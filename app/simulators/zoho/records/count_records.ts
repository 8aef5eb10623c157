import type { Call, Reply } from '../server/call.js'
import { indexedRecord } from './indexed_record.js'
import { searchTest } from './search_records.js'

const PARAMS = ['criteria', 'email', 'phone', 'word']

/** How many records fit, as the index knew it some time ago. */
export function countRecords(call: Call): Reply {
  const { org, query } = call
  const table = call.table()
  const now = org.clock.now()
  const test = PARAMS.some((name) => query.has(name)) ? searchTest(call) : () => true
  const known = now - org.options.countLagMs
  let count = 0
  for (const record of table.rows()) {
    const indexed = record.createdAt <= known ? indexedRecord(record, now) : null
    if (indexed && test(indexed)) count += 1
  }
  return { status: 200, body: { count } }
}
