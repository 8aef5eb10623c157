import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import Channel from '#domain/deliveries/channel'
import { connectionInquiry } from '#domain/deliveries/connection_inquiry'
import Delivery, { requestContext } from '#domain/deliveries/delivery'
import { followersOf } from '#domain/deliveries/followers'
import type { Follower } from '#domain/deliveries/followers'
import { recordChanges } from '#domain/deliveries/record_changes'
import { sightingsOf } from '#domain/deliveries/sighting'
import { inquire } from '#domain/runners'
import type { WebhookRequest } from '#sdk'
import type { Parsed } from '#workers/change_questions'

const AT_ONCE = 50

/**
 * Works what was stored: each record that was told of waits for a run, as one row. A channel
 * whose connection cannot be opened just now is left for the next time, and holds up no other.
 */
export async function foldDeliveries(now: number): Promise<void> {
  const stuck: string[] = []
  for (;;) {
    const received = await Delivery.query()
      .where('state', 'received')
      .whereNotIn('channelId', stuck)
      .orderBy('receivedAt')
      .orderBy('id')
      .limit(AT_ONCE)
    if (received.length === 0) return
    for (const [channelId, deliveries] of Map.groupBy(received, (each) => each.channelId)) {
      try {
        await foldChannel(channelId, deliveries, now)
      } catch (error) {
        stuck.push(channelId)
        logger.error({ err: error, channelId }, 'Deliveries could not be worked')
      }
    }
  }
}

async function foldChannel(channelId: string, deliveries: Delivery[], now: number) {
  const channel = await Channel.findOrFail(channelId)
  const followers = await followersOf(channel)
  const parsed = await parse(channel, deliveries)
  for (const [index, delivery] of deliveries.entries()) {
    await work(channel, followers, { delivery, parsed: parsed[index], now })
  }
}

async function parse(channel: Channel, deliveries: Delivery[]): Promise<Parsed[]> {
  const vault = await channel.vault()
  const requests = deliveries.map(({ id, sealedRequest }): WebhookRequest =>
    JSON.parse(vault.open(sealedRequest, requestContext(id)))
  )
  const inquiry = await connectionInquiry(channel.connectionId)
  return inquire<'parse'>({ ask: 'parse', requests, ...inquiry })
}

/** Its changes and its state are saved together: a server killed in between works it once more. */
async function work(
  channel: Channel,
  followers: Follower[],
  { delivery, parsed, now }: { delivery: Delivery; parsed: Parsed; now: number }
): Promise<void> {
  await db.transaction(async (client) => {
    const events = 'events' in parsed ? parsed.events : []
    const own = events.filter(({ stream }) => stream === channel.stream)
    const sightings = own.flatMap(sightingsOf)
    const taken = await client
      .from('deliveries')
      .where('id', delivery.id)
      .where('state', 'received')
      .update({
        state: 'fault' in parsed ? 'refused' : 'worked',
        fault: 'fault' in parsed ? parsed.fault : null,
        records: sightings.length,
        worked_at: now,
      })
    if (Number(taken) !== 1) return
    await recordChanges(channel, followers, sightings, { origin: 'notice', now }, client)
  })
}
