import { recordsRead } from '#engine/counters'
import type { OutcomeName } from '#engine/counters'
import { flagReportText } from '#engine/flag_report'
import { withoutCursorText } from '#engine/without_cursor'
import { plannedAgainText } from '#domain/runs/planned_again_text'
import type Run from '#domain/runs/run'
import type { RunState, Timings, Trigger } from '#domain/runs/run'
import { instantText } from '#http/instant_text'

export type Counts = { [Outcome in OutcomeName]: number }

/** A run as a line of a list. Its service must be loaded. */
export type RunRow = {
  id: string
  serviceId: string
  serviceName: string
  state: RunState
  trigger: Trigger
  revision: number
  read: number
  counts: Counts
  credits: { planned: number; spent: number }
  seconds: number
  queuedAt: string | null
  startedAt: string | null
  finishedAt: string | null
  /** It waits for credits until then, and why. */
  wait: { until: string | null; reason: string } | null
  /** It begins once its service is enabled again. */
  isOnHold: boolean
}

export type RunView = RunRow & {
  isFinal: boolean
  stage: string | null
  attempts: number
  /** Credits that it was to cost, as far as that was known when it began. */
  forecast: number | null
  forecastBasis: Run['forecastBasis']
  replayOf: number | null
  requestedBy: string | null
  timings: { [Stage in keyof Timings]: number } | null
  error: { kind: string; message: string } | null
  /** Why its brake stopped it, while it waits for a yes. */
  held: string | null
  /** How many records had changed since the preview that it carries out, as a sentence. */
  plannedAgain: string | null
  /** What an incremental run could not see, as a sentence. */
  unseen: string | null
  /** What became of the flags in its source that is not as it should be, as a sentence. */
  flags: string | null
}

export function viewRunRow(run: Run): RunRow {
  return {
    id: run.id,
    serviceId: run.serviceId,
    serviceName: run.service.name,
    state: run.state,
    trigger: run.trigger,
    revision: run.revision,
    read: recordsRead(run.counters),
    counts: run.counters,
    credits: { planned: run.creditsPlanned, spent: run.creditsSpent },
    seconds: run.seconds,
    queuedAt: instantText(run.queuedAt),
    startedAt: instantText(run.startedAt),
    finishedAt: instantText(run.finishedAt),
    wait: viewWait(run),
    isOnHold: run.state === 'queued' && run.startedAt === null && run.service.state !== 'enabled',
  }
}

function viewWait({ state, notBefore, waitReason }: Run): RunRow['wait'] {
  if (state !== 'queued' || notBefore === null || waitReason === null) return null
  return { until: instantText(notBefore), reason: waitReason }
}

export function viewRun(run: Run, requestedBy: string | null): RunView {
  return {
    ...viewRunRow(run),
    isFinal: run.isFinal,
    stage: run.stage,
    attempts: run.attempts,
    forecast: run.creditsForecast,
    forecastBasis: run.forecastBasis,
    replayOf: run.onlyKeys?.length ?? null,
    requestedBy,
    timings: run.timings,
    error:
      run.errorMessage === null
        ? null
        : { kind: run.errorKind ?? 'fatal', message: run.errorMessage },
    plannedAgain: plannedAgainText(run.plannedAgain),
    unseen: unseenBy(run),
    flags: run.flags && flagReportText(run.flags),
    held: run.state === 'held' ? (run.waitReason ?? 'Its brake struck') : null,
  }
}

function unseenBy({ withoutCursor, bounds }: Run): string | null {
  if (!withoutCursor || bounds === null) return null
  return withoutCursorText(withoutCursor, 'the source', bounds.field)
}
