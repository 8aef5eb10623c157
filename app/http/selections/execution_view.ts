import type Run from '#domain/runs/run'
import type { RunState } from '#domain/runs/run'
import type Selection from '#domain/selections/selection'
import { settledRecords } from '#domain/selections/settled_records'
import type { RecordState } from '#domain/selections/settled_records'
import type { Counts } from '#http/runs/run_view'

const SHOWN = 200

export type ExecutionRecord = { key: string; state: RecordState; message: string | null }
export type ExecutionView = {
  state: RunState
  isFinal: boolean
  counts: Counts
  credits: number
  /** Why it waits or has failed. */
  reason: string | null
  /** Those that did not arrive come first. */
  records: ExecutionRecord[]
  /** How many more there are than those. */
  more: number
}

const FIRST: RecordState[] = ['rejected', 'failed', 'unclear', 'sending']

/** What has become of a selection so far, record by record. */
export async function viewExecution(run: Run, selection: Selection): Promise<ExecutionView> {
  const records = await settledRecords(run, selection.ids)
  const rank = ({ state }: ExecutionRecord) => (FIRST.includes(state) ? 0 : 1)
  const shown = records.sort((a, b) => rank(a) - rank(b)).slice(0, SHOWN)
  return {
    state: run.state,
    isFinal: run.isFinal,
    counts: run.counters,
    credits: run.creditsSpent,
    reason: run.errorMessage ?? run.waitReason,
    records: shown,
    more: records.length - shown.length,
  }
}
