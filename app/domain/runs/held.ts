import type Run from '#domain/runs/run'
import type { Lease } from '#workers/messages'

/** A run that a runner thread of this process works. */
export interface Held {
  lease: Lease
  run: Run
  renewedAt: number
  plannedBefore: number
  /** The connections of both ends, once they are known. */
  connections: string[]
  /** It was asked to stop until credits are back. */
  isPausing: boolean
  /** When a vendor last called, as far as its thread was told. */
  calledAt: number
}

export function newHeld(run: Run, lease: Lease): Held {
  return {
    ...{ run, lease, renewedAt: Date.now(), plannedBefore: run.creditsPlanned },
    ...{ connections: [], isPausing: false, calledAt: run.calledAt?.toMillis() ?? 0 },
  }
}
