import { DateTime } from 'luxon'
import Connection from '#domain/connections/connection'
import { describeStream } from '#domain/connections/stream_catalog'
import type Channel from '#domain/deliveries/channel'
import { connectionInquiry } from '#domain/deliveries/connection_inquiry'
import { followersOf } from '#domain/deliveries/followers'
import type { Follower } from '#domain/deliveries/followers'
import { recordChanges } from '#domain/deliveries/record_changes'
import { timeOf } from '#domain/deliveries/sighting'
import type { Sighting } from '#domain/deliveries/sighting'
import { inquire } from '#domain/runners'
import type { Json, StreamDescription, Value } from '#sdk'
import type { ChangedPart, DeletedPart } from '#workers/change_questions'

const HOUR = 3_600_000
const RETRY = 5 * 60_000
/** Each sweep looks back so far, for what committed late. */
const OVERLAP = 300_000

/** Where sweeps begin: taken before the vendor is asked to tell, so that nothing lies between. */
export async function takePosition(channel: Channel, now: number): Promise<void> {
  if (channel.position !== null) return
  const { position } = await markOf(channel)
  const since = DateTime.fromMillis(now - OVERLAP).toUTC()
  channel.merge({
    position,
    deletedPosition: { since: since.toISO({ suppressMilliseconds: true }) ?? '', cursor: null },
  })
}

async function markOf(channel: Channel) {
  const stream = await streamOf(channel)
  const inquiry = await connectionInquiry(channel.connectionId)
  return { stream, position: await inquire<'mark'>({ ask: 'mark', stream, ...inquiry }) }
}

async function streamOf({ connectionId, stream }: Channel): Promise<StreamDescription> {
  return describeStream(await Connection.findOrFail(connectionId), stream)
}

/** Looks for what was changed or deleted without our being told, since the last sweep. */
export async function sweepChannel(channel: Channel, now: number, every = HOUR): Promise<void> {
  channel.sweepDueAt = DateTime.fromMillis(now + RETRY)
  await channel.save()
  await takePosition(channel, now)
  const { stream, position: until } = await markOf(channel)
  const followers = await followersOf(channel)
  const from = lookBack(channel.position)
  let cursor: Json = null
  for (let isOver = false; !isOver;) {
    const inquiry = await connectionInquiry(channel.connectionId)
    const part: ChangedPart = await inquire<'changed'>({
      ...{ ask: 'changed', stream, from, until, cursor },
      ...inquiry,
    })
    channel.foundBySweep += await recordChanges(channel, followers, found(part), {
      origin: 'sweep',
      now,
    })
    cursor = part.cursor
    isOver = part.isOver
  }
  await sweepDeleted(channel, followers, { stream, until, now })
  channel.merge({
    position: until,
    sweptAt: DateTime.fromMillis(now),
    sweepDueAt: DateTime.fromMillis(now + every),
  })
  await channel.save()
}

function lookBack(position: Value): Value {
  if (typeof position !== 'string') return position
  const time = Date.parse(position)
  if (Number.isNaN(time)) return position
  return DateTime.fromMillis(Math.max(0, time - OVERLAP))
    .toUTC()
    .toISO({ suppressMilliseconds: true })
}

function found({ changes }: ChangedPart): Sighting[] {
  return changes.map(({ key, at, isNew }) => ({
    ...{ key, at: timeOf(at) },
    change: isNew ? 'created' : 'updated',
  }))
}

interface Sweep {
  stream: StreamDescription
  until: Value
  now: number
}

async function sweepDeleted(
  channel: Channel,
  followers: Follower[],
  { stream, until, now }: Sweep
) {
  const position = channel.deletedPosition
  if (position === null || !channel.wish.changes.includes('deleted')) return
  const { since } = position
  let { cursor } = position
  let last = timeOf(since) ?? 0
  for (let isOver = false; !isOver;) {
    const inquiry = await connectionInquiry(channel.connectionId)
    const part: DeletedPart = await inquire<'deleted'>({
      ask: 'deleted',
      stream,
      since,
      cursor,
      ...inquiry,
    })
    const gone = part.deleted.map(({ key, at }): Sighting => ({
      key,
      change: 'deleted',
      at: timeOf(at),
    }))
    await recordChanges(channel, followers, gone, { origin: 'sweep', now })
    last = gone.reduce((latest, { at }) => Math.max(latest, at ?? 0), last)
    cursor = part.cursor
    isOver = part.isOver
  }
  // What went in the last second known is told again each time, and that may be very many.
  const mark = lookBack(until)
  const isPast = typeof mark === 'string' && (timeOf(mark) ?? 0) > last
  channel.deletedPosition = isPast ? { since: mark, cursor: null } : { since, cursor }
}
