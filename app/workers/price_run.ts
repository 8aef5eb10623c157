import { noCounters } from '#engine/counters'
import { findCostOf, findsIds } from '#engine/find_cost'
import { planReading } from '#engine/open_source'
import { planCost, planWrites } from '#engine/plan'
import { prepare } from '#engine/prepare'
import { priceSearch } from '#engine/price_search'
import { reckonReferences } from '#engine/reckoned_references'
import { Run } from '#engine/run'
import { searchPlanOf } from '#engine/search_plan'
import { readQuery } from '#engine/source'
import type { SyncInput } from '#engine/sync_input'

/** What a run will cost, and how many records its source counts. */
export interface RunPrice {
  credits: number
  records: number
  /** Whether it costs no more than that, if nothing has to be sent twice. */
  isMost: boolean
}

/**
 * The price of a run that writes every record that the source counts; null where it does not
 * count. What turns out to be unchanged costs less.
 */
export async function priceRun(input: SyncInput): Promise<RunPrice | null> {
  const { ctx, stream, access } = input.source
  const prepared = prepare(input)
  const run = new Run(input, noCounters())
  const query = readQuery(run, null, prepared.used, prepared.filter)
  const known = access.counted?.(ctx, stream, query) ?? null
  const records = known ?? (await access.count?.(ctx, stream, query)) ?? null
  if (records === null) return null
  const routes = access.readRoutes?.(ctx, stream) ?? []
  const counted = { ...input, counted: records }
  const plan = routes.length === 0 ? null : await planReading(counted, query, routes)
  const finding = findsIds(run) ? findCostOf(run, records) : await priceSearch(input, records)
  const resolving = await reckonReferences(counted, prepared, records)
  const reading = plan?.credits ?? 0
  const credits = reading + finding + resolving + writingOf(run, records)
  // A search may find that two operations are needed, and values may be shared by many.
  const isMost = searchPlanOf(input) === null && resolving === 0
  return { credits, records, isMost }
}

/** By the first operation: what a search does not find is put in. */
function writingOf({ lanes: [lane] }: Run, records: number): number {
  return lane ? planCost(planWrites(lane.routes, records, lane.writing.operation)) : 0
}
