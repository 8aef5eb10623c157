import { ConnectorError, type Context } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { isVendorError } from '../api/vendor_error.js'
import { runMemo } from '../references/run_memo.js'

interface LayoutsReply {
  layouts?: Array<{
    id: string
    name?: string
    sections?: Array<{ fields?: Array<{ api_name: string; required?: boolean }> }>
  }>
}

/** What an org answers that does not show its layouts to the user. */
const REFUSALS = ['OAUTH_SCOPE_MISMATCH', 'NO_PERMISSION', 'INVALID_URL_PATTERN', 'NOT_SUPPORTED']

const remember = runMemo<LayoutsReply>()

function ask(ctx: Context, module: string): Promise<LayoutsReply> {
  return remember(ctx, module, async () => {
    const url = apiUrl(ctx, `/settings/layouts?module=${encodeURIComponent(module)}`)
    const { body } = await call<LayoutsReply>(ctx, { method: 'GET', url, credits: 1 }, 'read')
    return body ?? {}
  }).catch((error: unknown) => {
    const cause = error instanceof ConnectorError ? error.cause : null
    if (!isVendorError(cause) || !REFUSALS.includes(cause.code)) throw error
    ctx.log.warn('Zoho does not show the layouts, so it checks mandatory fields itself', {
      reason: cause.code,
    })
    return {}
  })
}

/** The fields that must have a value in records of a layout; null where Zoho does not tell. */
export async function layoutFields(
  ctx: Context,
  module: string,
  id: string
): Promise<string[] | null> {
  const { layouts } = await ask(ctx, module)
  if (!layouts) return null
  const layout = layouts.find((each) => each.id === id)
  if (!layout) {
    const known = layouts.map((each) => `${each.id} (${each.name ?? 'unnamed'})`).join(', ')
    throw new ConnectorError('config', `${module} has no layout ${id}. It has: ${known || 'none'}.`)
  }
  return (layout.sections ?? [])
    .flatMap(({ fields = [] }) => fields)
    .filter(({ required }) => required)
    .map((field) => field.api_name)
}
