import type { Progress } from '#engine/sync_input'
import Run from '#domain/runs/run'
import { runEvents } from '#domain/runs/run_events'

/** Says how a run stands, to whoever follows it. */
export async function tellRun(runId: string, progress: Progress | null): Promise<void> {
  const run = await Run.findOrFail(runId)
  runEvents.emit('changed', {
    tenantId: run.tenantId,
    serviceId: run.serviceId,
    runId,
    state: run.state,
    stage: progress?.stage ?? run.stage,
    counters: progress?.counters ?? run.counters,
    underWay: progress?.underWay ?? 0,
    credits: { planned: run.creditsPlanned, spent: progress?.credits.spent ?? run.creditsSpent },
    at: Date.now(),
  })
}
