import { type Context, ConnectorError } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { FieldMetadata } from './metadata.js'

export async function fetchFields(ctx: Context, module: string): Promise<FieldMetadata[]> {
  const url = apiUrl(ctx, `/settings/fields?module=${encodeURIComponent(module)}`)
  const reply = await call<{ fields?: FieldMetadata[] }>(
    ctx,
    { method: 'GET', url, credits: 1 },
    'read'
  )
  if (reply.body?.fields) return reply.body.fields
  throw new ConnectorError('config', `Zoho shows no field of ${module} to the authorised user.`)
}
