import { type Context, ConnectorError } from '#sdk'
import { apiOrigin, uploadOrigin } from '../api/address.js'

const ZOHO_HOST = /^[a-z0-9-]+\.zoho(apis|cloud)?\.(com|eu|in|com\.au|jp|com\.cn|ca|sa|uk|ae)$/

/** The address of a job's result. The access token goes with the call, so the host is checked. */
export function resultAddress(ctx: Context, downloadUrl: string): string {
  const api = apiOrigin(ctx)
  if (!/^https?:\/\//i.test(downloadUrl)) return `${api}/${downloadUrl.replace(/^\/+/, '')}`
  const url = new URL(downloadUrl)
  const isOurs = [api, uploadOrigin(ctx)].some((origin) => new URL(origin).origin === url.origin)
  if (isOurs || (url.protocol === 'https:' && ZOHO_HOST.test(url.hostname))) return url.href
  throw new ConnectorError(
    'fatal',
    `The result of the bulk job is said to lie on ${url.host}, which is not Zoho's.`
  )
}
