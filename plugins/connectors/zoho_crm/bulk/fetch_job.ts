import { type Context, ConnectorError } from '#sdk'
import { bulkUrl } from '../api/address.js'
import { call, type Reply } from '../api/call.js'
import { isVendorError } from '../api/vendor_error.js'
import type { JobStatus } from './job_status.js'

function isGone(error: unknown) {
  return (
    error instanceof ConnectorError &&
    isVendorError(error.cause) &&
    error.cause.code === 'RESOURCE_NOT_FOUND'
  )
}

/** The state of a job; null when Zoho no longer knows it. */
export async function fetchJob(ctx: Context, id: string): Promise<Reply<JobStatus> | null> {
  const url = bulkUrl(ctx, `/write/${encodeURIComponent(id)}`)
  try {
    return await call<JobStatus>(ctx, { method: 'GET', url, credits: 0 }, 'read')
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}
