import { setTimeout } from 'node:timers/promises'
import type { Context, Json, RecordOutcome, WriteBatch } from '#sdk'
import { bulkRoute } from './route_of.js'

/** Collects a job until it is done. */
export async function finishJob(ctx: Context, ticket: Json, batch: WriteBatch) {
  for (;;) {
    const progress = await bulkRoute().collect(ctx, ticket, batch)
    if (progress.state === 'done') return progress.outcomes
    await setTimeout(Math.min(progress.pollAfter, 20))
  }
}

export function statesOf(outcomes: RecordOutcome[]) {
  const sorted = outcomes.toSorted((a, b) => a.index - b.index)
  return sorted.map(({ state }) => state)
}
