import { recordsRead } from '#engine/counters'
import Run from '#domain/runs/run'

const RUNS_LOOKED_AT = 20

/**
 * How many records a run will likely read: as many as it replays, or as the last whole run read.
 * Null when nothing tells (an incremental run, a first run), and then its progress has no end.
 */
export async function expectedRecords(run: Run): Promise<number | null> {
  if (run.onlyKeys) return run.onlyKeys.length
  if (!readsEverything(run)) return null
  const earlier = await Run.query()
    .where('serviceId', run.serviceId)
    .whereIn('state', ['succeeded', 'partial'])
    .whereNull('onlyKeys')
    .whereNot('id', run.id)
    .orderBy('finishedAt', 'desc')
    .limit(RUNS_LOOKED_AT)
  const last = earlier.find(readsEverything)
  return last ? recordsRead(last.counters) || null : null
}

function readsEverything(run: Run): boolean {
  return (run.bounds?.from ?? null) === null
}
