import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { BulkJob } from './bulk_job.js'
import { renderBulkJob } from './render_bulk_job.js'

export function findJob(call: Call): BulkJob {
  const job = call.org.jobs.get(call.params.job)
  if (job) return job
  throw new ApiFault(404, 'RESOURCE_NOT_FOUND', 'the requested resource does not exist')
}

export function showBulkJob(call: Call): Reply {
  return { status: 200, body: renderBulkJob(call.org, findJob(call)) }
}
