import { Agent, request } from 'undici'
import crossdock from '#config/crossdock'
import type Connection from '#domain/connections/connection'
import { isObject } from '#domain/connections/connection_file'
import type { Declaration } from '#domain/connections/declaration'
import { ConnectorError } from '#sdk'
import type { Value } from '#sdk'
import { Egress } from '#workers/egress'

export interface TokenReply {
  accessToken: string
  /** Seconds. */
  expiresIn: number
  /** What the reply says of the connection's settings. */
  settings: { [name: string]: Value }
}

const TIMEOUT = 20_000
const THROTTLED_FOR = 10 * 60_000

/** Asks the vendor for an access token. A reply is good if and only if it holds one, whatever its status. */
export async function requestToken(
  connection: Connection,
  declaration: Declaration
): Promise<TokenReply> {
  const { auth } = declaration
  if (auth.type !== 'oauth2') throw new Error(`${declaration.title} does not use oauth2`)
  const settings = declaration.complete(connection.settings)
  const url = new URL(fill(auth.tokenUrl, settings))
  const egress = new Egress(crossdock.egressAllow, declaration.hosts)
  const { status, body } = await post(url, egress, await connection.secrets())

  if (typeof body.access_token !== 'string') throw refusal(connection, status, body)
  return {
    accessToken: body.access_token,
    expiresIn: seconds(body),
    settings: Object.fromEntries(
      Object.entries(auth.keep ?? {}).flatMap(([reply, setting]) => {
        const value = body[reply]
        return typeof value === 'string' ? [[setting, value]] : []
      })
    ),
  }
}

async function post(url: URL, egress: Egress, secrets: { [name: string]: string }) {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  egress.check(url.hostname, port)
  const isListed = egress.isListed(url.hostname, port)
  if (!isListed && url.protocol !== 'https:') {
    throw new ConnectorError('config', `The token address ${url.host} must be reached by https`)
  }
  const agent = new Agent({
    connect: { timeout: 10_000, ...(isListed ? {} : { lookup: egress.lookup }) },
  })
  try {
    const { statusCode, body } = await request(url, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: secrets.clientId ?? '',
        client_secret: secrets.clientSecret ?? '',
        refresh_token: secrets.refreshToken ?? '',
      }).toString(),
    })
    return { status: statusCode, body: asObject(await body.text()) }
  } catch (error) {
    if (error instanceof ConnectorError) throw error
    throw new ConnectorError('transient', `${url.host} gave no answer to the request for a token`, {
      cause: error,
    })
  } finally {
    await agent.close()
  }
}

function asObject(text: string): { [name: string]: unknown } {
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

/** Old replies hold the seconds in `expires_in_sec` and milliseconds in `expires_in`. */
function seconds(body: { [name: string]: unknown }): number {
  return Number(body.expires_in_sec ?? body.expires_in ?? 3600)
}

/** A throttle is known by its shape, since its texts are translated; some come with status 200. */
function refusal(connection: Connection, status: number, body: { [name: string]: unknown }) {
  const name = connection.name
  const code = typeof body.error === 'string' ? body.error : ''
  const isKnown = /^[a-z_]+$/.test(code)
  if (status >= 500) {
    return new ConnectorError('transient', `The token server of "${name}" answered ${status}`)
  }
  if (body.status === 'failure' || (status === 400 && !isKnown) || status === 429) {
    return new ConnectorError(
      'rate_limited',
      `The token server of "${name}" asks to wait: too many tokens were requested`,
      { retryAfter: THROTTLED_FOR }
    )
  }
  return new ConnectorError(
    'auth',
    `"${name}" was refused by the token server (${code || status}): ${MEND[code] ?? MEND.other}`
  )
}

const MEND: { [code: string]: string } = {
  invalid_code:
    'the refresh token is revoked, or belongs to another data centre; sign in again or choose the right data centre',
  invalid_client:
    'the client ID is unknown in this data centre; check the client ID and the data centre',
  invalid_client_secret: 'the client secret is wrong; copy it again from the vendor’s console',
  other: 'check client ID, client secret, refresh token and data centre',
}

function fill(template: string, settings: { [name: string]: Value }): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(settings[name] ?? ''))
}
