import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { renderReadJob } from './render_read_job.js'

export function findReadJob({ org, params }: Call) {
  const job = org.reads.get(params.job)
  if (job) return job
  throw new ApiFault(404, 'RESOURCE_NOT_FOUND', 'the requested resource does not exist')
}

export function showReadJob(call: Call): Reply {
  return { status: 200, body: { data: [renderReadJob(call.org, findReadJob(call))] } }
}
