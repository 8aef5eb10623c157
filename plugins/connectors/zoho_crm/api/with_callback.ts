import { ConnectorError, type Context } from '#sdk'
import { isVendorError } from './vendor_error.js'

/** Runs whose address Zoho did not take. */
const refused = new WeakSet<Context>()

function isRefused(error: unknown) {
  const cause = error instanceof ConnectorError ? error.cause : null
  return isVendorError(cause) && cause.code === 'INVALID_CALLBACK_URL'
}

/** Orders a job that tells this run of its end; where Zoho does not take the address, one that does not. */
export async function withCallback<Made>(
  ctx: Context,
  order: (url: string | null) => Promise<Made>
): Promise<{ made: Made; callsBack: boolean }> {
  const { callbackUrl: url } = ctx
  if (url === undefined || refused.has(ctx)) return { made: await order(null), callsBack: false }
  try {
    return { made: await order(url), callsBack: true }
  } catch (error) {
    if (!isRefused(error)) throw error
    refused.add(ctx)
    ctx.log.warn('Zoho does not take the address to call back; its jobs are asked after instead')
    return { made: await order(null), callsBack: false }
  }
}

/** The part of an order that names the address. */
export function callbackPart(url: string | null) {
  return url === null ? {} : { callback: { url, method: 'post' } }
}
