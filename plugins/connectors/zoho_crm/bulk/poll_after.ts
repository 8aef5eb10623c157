import type { JobStatus } from './job_status.js'

const SOONEST = 500
const LATEST = 15_000

/** A quarter of the job's age, by Zoho's own clock: young jobs are asked often, old ones seldom. */
export function pollAfter(job: JobStatus, headers: { [name: string]: string }): number {
  const age = Date.parse(headers.date ?? '') - Date.parse(job.created_time ?? '')
  if (Number.isNaN(age)) return SOONEST
  return Math.round(Math.min(LATEST, Math.max(SOONEST, age / 4)))
}
