import { DateTime } from 'luxon'
import Channel from '#domain/deliveries/channel'
import Delivery from '#domain/deliveries/delivery'
import PendingChange from '#domain/deliveries/pending_change'
import type { PendingState } from '#domain/deliveries/pending_change'
import type Service from '#domain/services/service'
import { unique } from '#tests/support/app'

let serial = 0

export async function givenChannel(
  service: Service,
  values: Partial<Channel> = {}
): Promise<Channel> {
  const now = DateTime.utc()
  serial += 1
  const channel = new Channel().fill({
    tenantId: service.tenantId,
    connectionId: service.sourceConnectionId,
    stream: unique('Deals'),
    number: String(10 ** 14 + serial),
    pathHash: unique('hash'),
    wish: { changes: ['created', 'updated'], fields: [] },
    state: 'open',
    wantedUntil: now.plus({ days: 7 }),
    grantedUntil: now.plus({ days: 7 }),
    dueAt: now.plus({ days: 3 }),
    heardAt: now,
    sweptAt: now,
    sweepDueAt: now.plus({ hours: 1 }),
    createdAt: now,
    sealedSecrets: '',
    ...values,
  })
  return channel.save()
}

export function givenDelivery(channel: Channel, values: Partial<Delivery> = {}): Promise<Delivery> {
  const now = DateTime.utc()
  return Delivery.create({
    tenantId: channel.tenantId,
    channelId: channel.id,
    sealedRequest: '',
    bytes: 312,
    state: 'worked',
    records: 3,
    receivedAt: now,
    workedAt: now,
    ...values,
  })
}

export function givenChange(
  channel: Channel,
  service: Service,
  state: PendingState = 'waiting'
): Promise<PendingChange> {
  const now = DateTime.utc()
  return PendingChange.create({
    tenantId: channel.tenantId,
    channelId: channel.id,
    serviceId: service.id,
    sourceKey: unique('57257670000004110'),
    kind: state === 'deleted' ? 'deleted' : 'updated',
    state,
    origin: 'notice',
    times: 2,
    tries: 0,
    firstSeenAt: now.minus({ minutes: 4 }),
    lastSeenAt: now,
    notBefore: now,
  })
}
