import { recordsRead } from '#engine/counters'
import type { Counters } from '#engine/counters'
import { flagReportText } from '#engine/flag_report'
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
  /** Of the records of an approved preview, how many had changed since; absent where it carries out none. */
  plannedAgain?: number
  /** What an incremental run could not see, or which flags it could not set, as a sentence. */
  warning?: string
  /** How many records of the source it flagged, since it was last taken up. */
  flags?: { set: number; unset: number; changed: number; left: number }
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
    ...(run.previewId === null ? {} : { plannedAgain: run.plannedAgain }),
    ...noticesOf(run),
    ...(run.errorMessage === null
      ? {}
      : { error: { kind: run.errorKind ?? 'fatal', message: run.errorMessage } }),
  }
}

function noticesOf({ withoutCursor, bounds, flags }: Run): Pick<RunReport, 'warning' | 'flags'> {
  if (withoutCursor && bounds) {
    return { warning: withoutCursorText(withoutCursor, 'the source', bounds.field) }
  }
  if (flags === null) return {}
  const { set, unset, changed, left } = flags
  const text = flagReportText(flags)
  return { flags: { set, unset, changed, left }, ...(text === null ? {} : { warning: text }) }
}
