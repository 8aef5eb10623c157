import { EventEmitter } from 'node:events'
import type { Counters } from '#engine/counters'
import type { RunState } from '#domain/runs/run'

export interface RunChange {
  tenantId: string
  serviceId: string
  runId: string
  state: RunState
  stage: string | null
  counters: Counters
  underWay: number
  credits: { planned: number; spent: number }
  /** Milliseconds since the epoch. */
  at: number
}

/** Says `changed` whenever a run that this process works on moves. */
export const runEvents = new EventEmitter<{ changed: [RunChange] }>()
