import { noCounters } from '#engine/counters'
import { openSource } from '#engine/open_source'
import { Run } from '#engine/run'
import type { Context, ReadQuery, RecordValues, StreamDescription } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { makeInput } from '../../engine/support/make_input.js'
import { MemoryLedger } from '../../engine/support/memory_ledger.js'

/** Reads by the engine's own choice, with what it knows of earlier reads; says what it planned to pay. */
export async function readAsPlanned(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  likely: number | null
) {
  const source = connector.discover ?? {}
  const made = makeInput({ source, routes: [], ledger: new MemoryLedger() })
  const run = new Run({ ...made, likely, source: { ctx, stream, access: source } }, noCounters())
  const records: RecordValues[] = []
  let route = ''
  for await (const page of await openSource(run, query)) {
    records.push(...page.records)
    route = String(Object(page.cursor).route)
  }
  return { records, route, planned: run.credits.planned }
}
