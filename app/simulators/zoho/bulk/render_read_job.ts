import type { SimulatedOrg } from '../simulated_org.js'
import { writeReadToken } from './bulk_read_token.js'
import type { ReadJob } from './read_job.js'
import { pageRows } from './take_snapshot.js'

function renderQuery(org: SimulatedOrg, { taken: { query } }: ReadJob) {
  const { module, fields, criteria, cvid, page } = query
  return {
    module: org.moduleReference(module),
    ...(fields.length > 0 ? { fields } : {}),
    ...(criteria ? { criteria } : {}),
    ...(cvid ? { cvid } : {}),
    page,
  }
}

function renderResult(org: SimulatedOrg, { state, taken, result }: ReadJob) {
  if (state === 'FAILURE') {
    const code = 'INTERNAL_SERVER_ERROR'
    const message = 'Internal Server Error'
    return { error_message: { status: 'error', code, message, details: {} } }
  }
  if (state !== 'COMPLETED' || !result) return null
  const { query, id, by: userId } = taken
  const next = result.moreAfter && { ...query, page: query.page + 1, after: result.moreAfter }
  return {
    page: query.page,
    per_page: pageRows(org, taken),
    count: result.count,
    download_url: `/crm/bulk/v8/read/${id}/result`,
    more_records: next !== null,
    ...(next ? { next_page_token: writeReadToken(org, next, { userId, at: result.doneAt }) } : {}),
  }
}

/** A job as a poll and a callback show it. */
export function renderReadJob(org: SimulatedOrg, job: ReadJob) {
  const { id, createdAt, by } = job.taken
  const { user } = org.member(by) ?? org
  const result = renderResult(org, job)
  return {
    id,
    operation: 'read',
    state: job.state,
    query: renderQuery(org, job),
    created_by: { id: user.id, name: user.name },
    created_time: org.zone.format(createdAt),
    file_type: job.taken.fileType,
    ...(result ? { result } : {}),
  }
}
