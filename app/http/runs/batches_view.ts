import type Run from '#domain/runs/run'
import RunBatch from '#domain/runs/run_batch'
import { instantText } from '#http/instant_text'

const LATEST = 12

export type RouteRow = {
  route: string
  calls: number
  records: number
  credits: number
  took: number
}
export type BatchRow = RouteRow & { id: string; isOpen: boolean; createdAt: string | null }

export type BatchesView = { routes: RouteRow[]; latest: BatchRow[]; total: number }

/** A run's calls: summed by route, and the latest one by one. */
export async function viewBatches(run: Run): Promise<BatchesView> {
  const [sums, latest] = await Promise.all([sumsByRoute(run), latestBatches(run)])
  const total = sums.reduce((sum, { batches }) => sum + batches, 0)
  return { routes: sums.map(({ batches: _, ...route }) => route), latest, total }
}

async function sumsByRoute(run: Run) {
  const rows = await RunBatch.query()
    .where('runId', run.id)
    .groupBy('route')
    .orderBy('route')
    .select('route')
    .sum('calls as sum_calls')
    .sum('records as sum_records')
    .sum('credits as sum_credits')
    .sum('took as sum_took')
    .count('* as batches')
  return rows.map(({ route, $extras }) => ({
    route,
    calls: Number($extras.sum_calls),
    records: Number($extras.sum_records),
    credits: Number($extras.sum_credits),
    took: Number($extras.sum_took),
    batches: Number($extras.batches),
  }))
}

async function latestBatches(run: Run): Promise<BatchRow[]> {
  const batches = await RunBatch.query()
    .where('runId', run.id)
    .select('id', 'route', 'state', 'calls', 'records', 'credits', 'took', 'createdAt')
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(LATEST)
  return batches.map(({ id, route, calls, records, credits, took, state, createdAt }) => ({
    ...{ id, route, calls, records, credits, took },
    isOpen: state === 'open',
    createdAt: instantText(createdAt),
  }))
}
