import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { BulkJob } from './bulk_job.js'

export function findJob(call: Call): BulkJob {
  const job = call.org.jobs.get(call.params.job)
  if (job) return job
  throw new ApiFault(404, 'RESOURCE_NOT_FOUND', 'the requested resource does not exist')
}

export function showBulkJob(call: Call): Reply {
  const { org } = call
  const job = findJob(call)
  const { order, counts } = job
  const { id, fileName, createdAt } = job.taken
  const status = job.state === 'INPROGRESS' ? org.options.inProgressSpelling : job.state
  const file = {
    status,
    name: fileName,
    added_count: counts.added,
    skipped_count: counts.skipped,
    updated_count: counts.updated,
    total_count: counts.total,
  }
  const resource = {
    status,
    type: 'data',
    module: order.table.module.apiName,
    ...(job.failure === null ? {} : { code: job.failure }),
    field_mappings: order.sentMappings,
    file,
  }
  const path = `/v8/crm/org${org.zgid}/bulk-write/${id}/${id}.zip`
  const url = org.options.absoluteDownloadUrl ? org.url + path : path
  const body = {
    status,
    character_encoding: 'UTF-8',
    resource: [resource],
    id,
    ...(job.state === 'COMPLETED' ? { result: { download_url: url } } : {}),
    created_by: { id: org.user.id, name: org.user.name },
    operation: order.operation,
    created_time: org.zone.format(createdAt),
    ...(order.callback === undefined ? {} : { callback: order.callback }),
  }
  return { status: 200, body }
}
