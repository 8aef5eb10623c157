import { type Context, ConnectorError } from '#sdk'
import { bulkUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { isVendorError } from '../api/vendor_error.js'
import type { ReadJob } from './read_job.js'

export function isGone(error: unknown) {
  const cause = error instanceof ConnectorError ? error.cause : null
  return isVendorError(cause) && cause.code === 'RESOURCE_NOT_FOUND'
}

/** The state of a job and Zoho's time; null when Zoho no longer knows it. */
export async function fetchReadJob(ctx: Context, id: string) {
  const url = bulkUrl(ctx, `/read/${encodeURIComponent(id)}`)
  try {
    const { body, headers } = await call<{ data?: ReadJob[] }>(
      ctx,
      { method: 'GET', url, credits: 0 },
      'read'
    )
    const job = body?.data?.[0]
    if (job) return { job, headers }
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
  throw new ConnectorError('transient', `Zoho did not say how its bulk read ${id} stands.`)
}
