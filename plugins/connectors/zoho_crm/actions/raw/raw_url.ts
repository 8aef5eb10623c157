import { ConnectorError, type Context, type Value } from '#sdk'
import { apiOrigin, apiUrl } from '../../api/address.js'

/**
 * The address of a path: below the API's version, or from `/crm/` on below the API itself.
 * It never leads to another host.
 */
export function rawUrl(ctx: Context, path: string, query: Value): string {
  const origin = apiOrigin(ctx)
  const url = new URL(path.startsWith('/crm/') ? origin + path : apiUrl(ctx, path))
  const home = new URL(origin)
  if (url.origin !== home.origin || !url.pathname.startsWith('/crm/')) {
    throw new ConnectorError('config', 'The path leads out of the API of this connection.')
  }
  for (const [name, value] of Object.entries(Object(query ?? {}))) {
    url.searchParams.set(name, String(value))
  }
  return url.href
}
