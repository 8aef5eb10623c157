import type { SimulatedOrg } from '../simulated_org.js'
import { openJob } from './open_job.js'
import { runBulkJob } from './run_bulk_job.js'

/** Jobs that an earlier process took go on where it left them. */
export function restoreJobs(org: SimulatedOrg) {
  for (const line of org.earlierJobs) {
    org.ids.sawId(line.id)
    if (line.job === 'taken') {
      openJob(org, line)
      continue
    }
    const job = org.jobs.get(line.id)
    if (!job) throw new Error(`The truth file names an unknown bulk job ${line.id}`)
    job.counts = line.counts
    job.text += line.text
  }
  org.earlierJobs.length = 0
  for (const job of org.jobs.values()) void runBulkJob(org, job)
}
