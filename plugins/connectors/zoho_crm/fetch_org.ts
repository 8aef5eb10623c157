import { type Context, ConnectorError } from '#sdk'
import { apiUrl } from './api/address.js'
import { call } from './api/call.js'

export interface Org {
  company_name?: string
  zgid: string
  license_details?: {
    paid?: boolean
    paid_type?: string
    trial_type?: string | null
    users_license_purchased?: number
  }
}

export async function fetchOrg(ctx: Context): Promise<Org> {
  const request = { method: 'GET' as const, url: apiUrl(ctx, '/org'), credits: 1 }
  const reply = await call<{ org?: Org[] }>(ctx, request, 'read')
  const org = reply.body?.org?.[0]
  if (org?.zgid) return org
  throw new ConnectorError('config', 'Zoho names no CRM org for the authorised user.')
}
