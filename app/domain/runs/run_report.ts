import { recordsRead } from '#engine/counters'
import type { Counters } from '#engine/counters'
import { withoutCursorText } from '#engine/without_cursor'
import type Run from '#domain/runs/run'
import type { RunState, Timings } from '#domain/runs/run'
import RunBatch from '#domain/runs/run_batch'

/** What a run did, in the one shape that the commands, the demo and the API share. */
export interface RunReport {
  id: string
  service: string
  state: RunState
  read: number
  outcomes: Counters
  credits: { planned: number; spent: number }
  routes: Array<{ name: string; calls: number; records: number }>
  seconds: number
  recordsPerSecond: number
  timings: Timings | null
  /** What an incremental run could not see, as a sentence. */
  warning?: string
  error?: { kind: string; message: string }
}

export async function reportRun(run: Run): Promise<RunReport> {
  await run.load('service')
  const read = recordsRead(run.counters)
  const routes = await RunBatch.query()
    .where('runId', run.id)
    .groupBy('route')
    .orderBy('route')
    .select('route')
    .sum('calls as calls')
    .sum('records as records')

  return {
    id: run.id,
    service: run.service.name,
    state: run.state,
    read,
    outcomes: run.counters,
    credits: { planned: run.creditsPlanned, spent: run.creditsSpent },
    routes: routes.map((row) => ({
      name: row.route,
      calls: Number(row.calls),
      records: Number(row.records),
    })),
    seconds: Math.round(run.seconds * 1000) / 1000,
    recordsPerSecond: run.seconds > 0 ? Math.round(read / run.seconds) : 0,
    timings: run.timings,
    ...(run.withoutCursor && run.bounds
      ? { warning: withoutCursorText(run.withoutCursor, 'the source', run.bounds.field) }
      : {}),
    ...(run.errorMessage === null
      ? {}
      : { error: { kind: run.errorKind ?? 'fatal', message: run.errorMessage } }),
  }
}
