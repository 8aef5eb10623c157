import { brakeLimits } from '#domain/runs/brake_limits'
import type Run from '#domain/runs/run'
import type { ServiceDefinition } from '#sdk'

/** What a run is told besides what its service is: which records, from where, and how far it may go unasked. */
export async function planTerms(run: Run, definition: ServiceDefinition) {
  return {
    bounds: run.bounds,
    only: run.onlyKeys,
    skipsUnchanged: run.trigger === 'webhook' || run.previewId !== null,
    brake: await brakeLimits(run, definition),
  }
}
