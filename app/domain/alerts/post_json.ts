import { Agent, request } from 'undici'
import crossdock from '#config/crossdock'
import { Refusal } from '#domain/refusal'
import { Egress } from '#workers/egress'

const DEADLINE = 10_000

/** Posts to an address that a tenant gave, through the same guard that calls of connectors pass. */
export async function postJson(address: string, body: object): Promise<void> {
  const url = new URL(address)
  const egress = new Egress(crossdock.egressAllow, [url.hostname])
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  egress.check(url.hostname, port)
  const isListed = egress.isListed(url.hostname, port)
  if (!isListed && url.protocol !== 'https:') {
    throw new Refusal(`${url.host} must be reached by https`)
  }
  const agent = new Agent(isListed ? {} : { connect: { lookup: egress.lookup } })
  try {
    const reply = await request(url, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(DEADLINE),
      body: JSON.stringify(body),
    })
    await reply.body.dump()
    if (reply.statusCode >= 300) throw new Refusal(`${url.host} answered ${reply.statusCode}`)
  } finally {
    await agent.destroy()
  }
}
