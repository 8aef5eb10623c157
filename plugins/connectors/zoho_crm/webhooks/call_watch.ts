import { ConnectorError, type Context, type HttpRequest } from '#sdk'
import { apiUrl } from '../api/address.js'
import { requestError } from '../api/request_error.js'
import type { VendorError } from '../api/vendor_error.js'

export interface WatchEntry extends VendorError {
  details?: VendorError['details'] & { events?: Array<{ channel_expiry?: string }> }
}

interface Watch {
  method: HttpRequest['method']
  query?: string
  body?: object
}

function entryOf(text: string): WatchEntry | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const body: { watch?: WatchEntry[] } = JSON.parse(text)
    return body.watch?.[0] ?? null
  } catch {
    return null
  }
}

/** A call about one channel. Its entry tells how it went, whatever the status of the answer. */
export async function callWatch(ctx: Context, { method, query, body }: Watch): Promise<WatchEntry> {
  const response = await ctx.http.request({
    method,
    url: apiUrl(ctx, `/actions/watch${query ?? ''}`),
    credits: 1,
    ...(body === undefined
      ? {}
      : {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ watch: [body] }),
        }),
  })
  const text = await response.text()
  const entry = entryOf(text)
  if (entry !== null) return entry
  if (response.status >= 300) throw requestError(response.status, text, 'read')
  throw new ConnectorError('transient', 'Zoho did not say what became of the channel.')
}
