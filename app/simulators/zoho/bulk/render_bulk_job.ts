import type { SimulatedOrg } from '../simulated_org.js'
import type { BulkJob, BulkPart } from './bulk_job.js'

function renderPart({ order, counts, fileName }: BulkPart, status: string, failure: string | null) {
  return {
    status,
    type: 'data',
    module: order.table.module.apiName,
    ...(failure === null ? {} : { code: failure }),
    field_mappings: order.sentMappings,
    file: {
      status,
      name: fileName,
      added_count: counts.added,
      skipped_count: counts.skipped,
      updated_count: counts.updated,
      total_count: counts.total,
    },
  }
}

/** A job as a poll and a callback show it. */
export function renderBulkJob(org: SimulatedOrg, job: BulkJob) {
  const { id, createdAt, by, sent } = job.taken
  const status = job.state === 'INPROGRESS' ? org.options.inProgressSpelling : job.state
  const path = `/v8/crm/org${org.zgid}/bulk-write/${id}/${id}.zip`
  const url = org.options.absoluteDownloadUrl ? org.url + path : path
  const { user } = org.member(by ?? '') ?? org
  return {
    status,
    character_encoding: 'UTF-8',
    resource: job.parts.map((part) => renderPart(part, status, job.failure)),
    id,
    ...(job.state === 'COMPLETED' ? { result: { download_url: url } } : {}),
    created_by: { id: user.id, name: user.name },
    operation: sent.operation,
    created_time: org.zone.format(createdAt),
    ...(sent.callback === undefined ? {} : { callback: sent.callback }),
  }
}
