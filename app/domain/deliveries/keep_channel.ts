import { DateTime } from 'luxon'
import crossdock from '#config/crossdock'
import Connection from '#domain/connections/connection'
import type Channel from '#domain/deliveries/channel'
import { connectionInquiry } from '#domain/deliveries/connection_inquiry'
import { takePosition } from '#domain/deliveries/sweep_channel'
import { inquire } from '#domain/runners'
import { ConnectorError } from '#sdk'
import type { Channel as AskedChannel, Subscription } from '#sdk'
import { loadConnector } from '#workers/load_plugin'

const MINUTE = 60_000
const SHORTEST = 30_000
const RETRY = { transient: MINUTE, rate_limited: 5 * MINUTE, others: 15 * MINUTE }

export const NO_ADDRESS =
  'The vendor cannot tell of changes: PUBLIC_URL in .env is missing, the address at which the internet reaches this server. Until then changes are looked for instead, every few minutes.'

/**
 * Subscribes, renews at half of the granted time, or ends a channel: whatever it is due for.
 * Trouble is kept with the channel, which is tried again.
 */
export async function keepChannel(channel: Channel, now: number): Promise<void> {
  try {
    if (channel.state === 'ending') return await endChannel(channel, now)
    await takePosition(channel, now)
    if (crossdock.publicUrl === null) {
      channel.merge({ state: 'polling', fault: NO_ADDRESS, dueAt: at(now + 10 * MINUTE) })
    } else grant(channel, await subscription(channel, now, crossdock.publicUrl), now)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const wait = error.retryAfter ?? Reflect.get(RETRY, error.kind) ?? RETRY.others
    const state = channel.state === 'ending' ? 'ending' : 'broken'
    channel.merge({ state, fault: error.message, dueAt: at(now + wait) })
  }
  await channel.save()
}

function at(milliseconds: number): DateTime {
  return DateTime.fromMillis(milliseconds)
}

function grant(channel: Channel, { handle, until }: Subscription, now: number): void {
  const grantedUntil = DateTime.fromISO(until, { zone: 'utc' })
  const half = Math.max(SHORTEST, (grantedUntil.toMillis() - now) / 2)
  channel.merge({
    ...{ handle, grantedUntil },
    grantedWish: channel.wish,
    state: 'open',
    fault: null,
    dueAt: at(now + half),
  })
}

async function subscription(
  channel: Channel,
  now: number,
  publicUrl: string
): Promise<Subscription> {
  const inquiry = await connectionInquiry(channel.connectionId)
  const { path, token } = await channel.secrets()
  channel.wantedUntil = at(now + (await longestOf(inquiry.connection.connector)) * 1000)
  const asked: AskedChannel = {
    ...channel.wish,
    ...{ number: channel.number, stream: channel.stream, token },
    url: `${publicUrl}/hooks/${path}`,
    until: channel.wantedUntil.toUTC().toISO() ?? '',
  }
  const isSame = JSON.stringify(channel.grantedWish) === JSON.stringify(channel.wish)
  const isAlive = channel.grantedUntil !== null && channel.grantedUntil.toMillis() > now
  if (isSame && isAlive && channel.handle !== null) {
    try {
      return await inquire<'renew'>({
        ...{ ask: 'renew', handle: channel.handle, channel: asked },
        ...inquiry,
      })
    } catch (error) {
      const isGone = error instanceof ConnectorError && error.kind === 'config'
      if (!isGone) throw error
    }
  }
  return inquire<'subscribe'>({ ask: 'subscribe', channel: asked, ...inquiry })
}

async function longestOf(connector: string): Promise<number> {
  const loaded = await loadConnector(crossdock.pluginsRoot, connector)
  return loaded.connector.webhooks?.longest ?? 0
}

/** What cannot be unsubscribed now is tried again; it ends by itself in the end. */
async function endChannel(channel: Channel, now: number): Promise<void> {
  const isOver = channel.grantedUntil === null || channel.grantedUntil.toMillis() < now
  const connection = await Connection.find(channel.connectionId)
  if (channel.handle !== null && !isOver && connection !== null) {
    const inquiry = await connectionInquiry(channel.connectionId)
    await inquire<'unsubscribe'>({ ask: 'unsubscribe', handle: channel.handle, ...inquiry })
  }
  await channel.delete()
}
