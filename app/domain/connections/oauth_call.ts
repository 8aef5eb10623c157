import { Agent, request } from 'undici'
import crossdock from '#config/crossdock'
import { isObject } from '#domain/connections/connection_file'
import { ConnectorError } from '#sdk'
import type { Value } from '#sdk'
import { Egress } from '#workers/egress'

export interface OauthReply {
  status: number
  body: { [name: string]: unknown }
}

/** Less than the lock on a renewal lasts, so that a second one never begins beside a slow first. */
const DEADLINE = 20_000

/** Posts a form to a sign-in server, through the same guard that all calls of connectors pass. */
export async function oauthCall(
  address: string,
  hosts: string[],
  form: { [name: string]: string }
): Promise<OauthReply> {
  const url = new URL(address)
  const egress = new Egress(crossdock.egressAllow, hosts)
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
      signal: AbortSignal.timeout(DEADLINE),
      body: new URLSearchParams(form).toString(),
    })
    return { status: statusCode, body: asObject(await body.text()) }
  } catch (error) {
    if (error instanceof ConnectorError) throw error
    throw new ConnectorError('transient', `${url.host} gave no answer to the request for a token`, {
      cause: error,
      ...(isCoded(error) ? { detail: error.code } : {}),
    })
  } finally {
    await agent.destroy()
  }
}

function isCoded(error: unknown): error is { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

function asObject(text: string): OauthReply['body'] {
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

/** Puts settings into an address: `{accountsUrl}/oauth` has one slash, however the setting ends. */
export function fillTemplate(template: string, settings: { [name: string]: Value }): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(settings[name] ?? '').replace(/\/+$/, '')
  )
}
