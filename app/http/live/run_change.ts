import type { RunState } from '#domain/runs/run'
import type { Counts } from '#http/runs/run_view'

/** What a page hears of a run that moves. */
export type RunChange = {
  runId: string
  state: RunState
  stage: string | null
  counts: Counts
  underWay: number
  credits: { planned: number; spent: number }
  /** Milliseconds since the epoch. */
  at: number
}
