import { checkAgainAfter, ConnectorError, type CheckResult, type Context } from '#sdk'
import { addressOf } from './address.js'
import { call } from './call.js'
import { headersOf } from './headers.js'
import { parseStreams } from './parse_streams.js'

/** Which setting is to blame is known by the step that fails. */
export async function checkEndpoint(ctx: Context): Promise<CheckResult> {
  const path = String(ctx.settings.checkPath ?? '/')
  const parts: Array<[field: string, step: () => unknown]> = [
    ['streams', () => parseStreams(ctx)],
    ['headers', () => headersOf(ctx)],
    ['baseUrl', () => addressOf(ctx, path)],
  ]
  for (const [field, step] of parts) {
    const message = troubleOf(step)
    if (message !== null) return { ok: false, message, field }
  }
  const url = addressOf(ctx, path)
  try {
    const { status } = await call(ctx, { method: 'GET', url: url.href }, (each) => each < 300)
    const message =
      status < 300
        ? `${url.host} answers GET ${url.pathname} with ${status}.`
        : `${url.host} is there, but answers GET ${url.pathname} with ${status}: the authorization is not proved.`
    return { ok: true, message, identity: url.origin }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const tryAfter = checkAgainAfter(error)
    if (tryAfter !== null) return { ok: false, message: error.message, tryAfter }
    return { ok: false, message: error.message, field: blamed(error, ctx) }
  }
}

function troubleOf(step: () => unknown): string | null {
  try {
    step()
    return null
  } catch (error) {
    if (error instanceof ConnectorError) return error.message
    throw error
  }
}

function blamed({ kind }: ConnectorError, { settings }: Context): string {
  if (kind !== 'auth') return 'baseUrl'
  const fields: { [auth: string]: string } = {
    bearer: 'token',
    basic: 'password',
    header: 'token',
  }
  return fields[String(settings.auth)] ?? 'auth'
}
