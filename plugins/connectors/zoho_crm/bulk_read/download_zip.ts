import type { Context } from '#sdk'
import { bulkUrl } from '../api/address.js'
import { requestError } from '../api/request_error.js'
import { isGone } from './fetch_read_job.js'

/** A file of 200,000 rows is large, and Zoho may be slow. */
const TIMEOUT = 300_000

/** A job's zip; null when Zoho no longer keeps it. */
export async function downloadZip(ctx: Context, job: string): Promise<Uint8Array | null> {
  const url = bulkUrl(ctx, `/read/${encodeURIComponent(job)}/result`)
  const response = await ctx.http.request({ method: 'GET', url, credits: 0, timeout: TIMEOUT })
  if (response.status === 200) return response.bytes()
  const error = requestError(response.status, await response.text(), 'read')
  if (isGone(error)) return null
  throw error
}
