import { createHash, timingSafeEqual } from 'node:crypto'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import crossdock from '#config/crossdock'
import Connection from '#domain/connections/connection'
import Channel from '#domain/deliveries/channel'
import Delivery, { requestContext } from '#domain/deliveries/delivery'
import type { WebhookRequest, Webhooks } from '#sdk'
import { loadConnector } from '#workers/load_plugin'

type Proof = Webhooks['proof']

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whether the request carries the channel's token; compared in constant time. */
export async function isProven(channel: Channel, request: WebhookRequest): Promise<boolean> {
  const proof = await proofOf(channel)
  if (proof === null) return false
  const { token } = await channel.secrets()
  return timingSafeEqual(digest(given(proof, request)), digest(token))
}

async function proofOf({ connectionId }: Channel): Promise<Proof | null> {
  const { connector } = await Connection.findOrFail(connectionId)
  const loaded = await loadConnector(crossdock.pluginsRoot, connector)
  return loaded.connector.webhooks?.proof ?? null
}

function given(proof: Proof, request: WebhookRequest): string {
  if (proof.in === 'header') return request.headers[proof.name] ?? ''
  if (proof.in === 'query') return request.query[proof.name] ?? ''
  const value: unknown = bodyOf(request)?.[proof.name]
  return typeof value === 'string' ? value : ''
}

function bodyOf({ body }: WebhookRequest): { [name: string]: unknown } | null {
  try {
    const content: unknown = JSON.parse(body)
    return typeof content === 'object' && content !== null ? { ...content } : null
  } catch {
    return null
  }
}

/** Keeps a proven request before anything else is done with it. The token is not kept with it. */
export async function storeDelivery(
  channel: Channel,
  request: WebhookRequest,
  now: number
): Promise<Delivery> {
  const id = uuid()
  const proof = await proofOf(channel)
  const plain = JSON.stringify(proof === null ? request : withoutProof(request, proof))
  const vault = await channel.vault()
  const receivedAt = DateTime.fromMillis(now)
  const delivery = await Delivery.create({
    ...{ id, receivedAt, tenantId: channel.tenantId, channelId: channel.id },
    sealedRequest: vault.seal(plain, requestContext(id)),
    bytes: Buffer.byteLength(request.body),
    state: 'received',
    records: 0,
  })
  await Channel.query().where('id', channel.id).update({ heardAt: now })
  return delivery
}

function withoutProof(request: WebhookRequest, { in: place, name }: Proof): WebhookRequest {
  const without = <Of extends object>(values: Of) =>
    Object.fromEntries(Object.entries(values).filter(([each]) => each !== name))
  if (place === 'header') return { ...request, headers: without(request.headers) }
  if (place === 'query') return { ...request, query: without(request.query) }
  return { ...request, body: JSON.stringify(without(bodyOf(request) ?? {})) }
}
