import { ConnectorError, type Context } from '#sdk'

/** An address under the connection's base. Nothing leads to another host, where the authorization would go along. */
export function addressOf(ctx: Context, path: string): URL {
  const base = baseOf(ctx)
  const root = base.href.replace(/\/$/, '')
  return sameHost(ctx, new URL(root + (path.startsWith('/') ? path : `/${path}`)))
}

export function sameHost(ctx: Context, url: URL): URL {
  if (url.origin === baseOf(ctx).origin) return url
  throw new ConnectorError(
    'config',
    `${url.host} is not the host of the base address, so nothing is sent there.`
  )
}

function baseOf({ settings }: Context): URL {
  const text = String(settings.baseUrl ?? '')
  const base = URL.canParse(text) ? new URL(text) : null
  if (base && /^https?:$/.test(base.protocol) && base.username === '') return base
  const message = 'The base address must be a whole address that begins with https://.'
  throw new ConnectorError('config', message)
}
