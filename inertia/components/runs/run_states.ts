import type { RunRow } from '../../types.js'

const FINAL = ['succeeded', 'partial', 'failed', 'cancelled']

export const isFinalState = (state: RunRow['state']): boolean => FINAL.includes(state)

/** Whether one of these runs may look different in a moment. */
export const isUnderWay = (runs: Array<{ state: RunRow['state'] } | null>): boolean =>
  runs.some((run) => run !== null && !isFinalState(run.state))
