import { type Context, ConnectorError } from '#sdk'

const BY_CONSENT =
  'Zoho tells it when the connection is authorised: authorise the connection again.'
const BY_CENTRE = 'Choose the data centre of the org, or set the address itself.'

function setting(ctx: Context, name: string, title: string, mend: string) {
  const value = ctx.settings[name]
  if (typeof value === 'string' && value !== '') return value.replace(/\/+$/, '')
  throw new ConnectorError('config', `The connection has no ${title} (${name}). ${mend}`)
}

export function apiVersion(ctx: Context) {
  const version = ctx.settings.apiVersion
  return typeof version === 'string' && version !== '' ? version : 'v8'
}

export function apiOrigin(ctx: Context) {
  return setting(ctx, 'apiUrl', 'API address', BY_CONSENT)
}

export function apiUrl(ctx: Context, path: string) {
  return `${apiOrigin(ctx)}/crm/${apiVersion(ctx)}${path}`
}

export function bulkUrl(ctx: Context, path: string) {
  return `${apiOrigin(ctx)}/crm/bulk/${apiVersion(ctx)}${path}`
}

export function uploadOrigin(ctx: Context) {
  return setting(ctx, 'uploadUrl', 'upload address', BY_CENTRE)
}

export function uploadUrl(ctx: Context) {
  return `${uploadOrigin(ctx)}/crm/${apiVersion(ctx)}/upload`
}
