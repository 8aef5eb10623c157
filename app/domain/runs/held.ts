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
}
