import { createHash, randomBytes, randomInt } from 'node:crypto'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import Channel from '#domain/deliveries/channel'
import type { ChannelWish } from '#domain/deliveries/channel'
import { allFollowers } from '#domain/deliveries/followers'
import type { Follower } from '#domain/deliveries/followers'
import { isTaken } from '#domain/is_taken'

const NUMBERS = 10 ** 14
const placeOf = (part: { connectionId: string; stream: string }) =>
  `${part.connectionId} ${part.stream}`

/**
 * Makes the channels what the services want: one per stream that is followed. One that nobody
 * follows any more ends. Doing it often, or in two servers at once, does no harm.
 */
export async function followStreams(now: number): Promise<void> {
  const wanted = Map.groupBy(await allFollowers(), placeOf)
  const channels = await Channel.query()
  const known = new Map(channels.map((channel) => [placeOf(channel), channel]))
  for (const [place, followers] of wanted) {
    const channel = known.get(place)
    if (channel === undefined) await makeChannel(followers, now)
    else await adjust(channel, wishOf(followers), now)
  }
  for (const [place, channel] of known) {
    if (wanted.has(place) || channel.state === 'ending') continue
    channel.merge({ state: 'ending', dueAt: DateTime.fromMillis(now) })
    await channel.save()
  }
}

/** What all followers together need to hear. */
function wishOf(followers: Follower[]): ChannelWish {
  const changes = new Set(followers.flatMap((follower) => follower.changes))
  const isAll = followers.some(({ fields }) => fields.length === 0)
  const fields = isAll ? [] : followers.flatMap((follower) => follower.fields)
  return { changes: [...changes].sort(), fields: [...new Set(fields)].sort() }
}

async function adjust(channel: Channel, wish: ChannelWish, now: number): Promise<void> {
  const isSame = JSON.stringify(channel.wish) === JSON.stringify(wish)
  if (isSame && channel.state !== 'ending') return
  channel.merge({ wish, state: 'wanted', dueAt: DateTime.fromMillis(now) })
  await channel.save()
}

async function makeChannel(followers: Follower[], now: number): Promise<void> {
  const [{ tenantId, connectionId, stream }] = followers
  const path = randomBytes(32).toString('base64url')
  const at = DateTime.fromMillis(now)
  const channel = new Channel().fill({
    ...{ id: uuid(), tenantId, connectionId, stream },
    number: String(NUMBERS + randomInt(NUMBERS)),
    pathHash: hashOfPath(path),
    wish: wishOf(followers),
    state: 'wanted',
    dueAt: at,
    sweepDueAt: at,
    createdAt: at,
  })
  await channel.sealSecrets({ path, token: randomBytes(32).toString('base64url') })
  try {
    await channel.save()
  } catch (error) {
    if (!isTaken(error)) throw error
  }
}

export function hashOfPath(path: string): string {
  return createHash('sha256').update(path).digest('hex')
}
