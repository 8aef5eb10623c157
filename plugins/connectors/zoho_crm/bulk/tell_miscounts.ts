import type { Context, RecordOutcome } from '#sdk'
import type { JobStatus } from './job_status.js'

/**
 * What Zoho counted must be what its result tells. Rows that the result leaves out have no
 * outcome and are asked after, so nothing is lost; but it should be known.
 */
export function tellMiscounts(ctx: Context, job: JobStatus, outcomes: RecordOutcome[]) {
  const file = job.resource?.[0]?.file
  if (!file) return
  const { added_count: added = 0, updated_count: updated = 0, total_count: total } = file
  const told = outcomes.filter(({ state }) => state === 'created' || state === 'updated').length
  if (added + updated === told) return
  ctx.log.warn('Zoho counted other records in a bulk job than its result tells', {
    job: job.id,
    counted: added + updated,
    told,
    total: total ?? null,
  })
}
