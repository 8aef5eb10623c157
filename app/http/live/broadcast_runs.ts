import transmit from '@adonisjs/transmit/services/main'
import { runEvents } from '#domain/runs/run_events'
import type { RunChange } from '#http/live/run_change'

/** Tells the pages that follow a run what became of it. */
export function broadcastRuns(): void {
  runEvents.on('changed', ({ tenantId, runId, counters, state, stage, underWay, credits, at }) => {
    const change: RunChange = { runId, state, stage, counts: counters, underWay, credits, at }
    transmit.broadcast(`tenants/${tenantId}/runs/${runId}`, change)
  })
}
