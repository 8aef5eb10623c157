import { Refusal } from '#domain/refusal'
import { brakeLimits } from '#domain/runs/brake_limits'
import { givenRecords } from '#domain/runs/given_records'
import { likelyRecords } from '#domain/runs/likely_records'
import type Run from '#domain/runs/run'
import { approvedRecords } from '#domain/services/preview_records'
import type { ServiceDefinition } from '#sdk'

/** What a run is told besides what its service is: which records, from where, and how far it may go unasked. */
export async function planTerms(
  run: Run,
  definition: ServiceDefinition,
  counted: number | null = null
) {
  return {
    bounds: run.bounds,
    only: run.onlyKeys,
    fresh: run.freshKeys,
    ...(await givenRecords(run)),
    likely: await likelyRecords(run, definition),
    counted,
    skipsUnchanged: run.trigger !== 'replay' || run.previewId !== null,
    approved: await approvedBy(run),
    brake: await brakeLimits(run, definition),
  }
}

/** Without its records all would be taken for changed. */
async function approvedBy({ previewId }: Run) {
  if (previewId === null) return null
  const approved = await approvedRecords(previewId)
  if (approved.length > 0) return approved
  throw new Refusal('The preview that this run carries out is gone. Preview again.')
}
