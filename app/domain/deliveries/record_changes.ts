import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { v7 as uuid } from 'uuid'
import type Channel from '#domain/deliveries/channel'
import { ECHO_WINDOW } from '#domain/deliveries/echoes'
import type { Follower } from '#domain/deliveries/followers'
import PendingChange from '#domain/deliveries/pending_change'
import { coveredBy } from '#domain/deliveries/sighting'
import type { Sighting } from '#domain/deliveries/sighting'

const AT_ONCE = 200
/** The vendor's clock ticks in seconds: after two, what was told is in what is read. */
const REST = 2000
const SECOND = 1000

export interface Occasion {
  origin: 'notice' | 'sweep'
  now: number
}

/**
 * Notes changed records for every service that follows their stream, one row per record however
 * often it changes. A deletion is noted and no more: services never delete in their targets.
 * @returns how many records were not known to have changed
 */
export async function recordChanges(
  channel: Channel,
  followers: Follower[],
  sightings: Sighting[],
  occasion: Occasion,
  given?: TransactionClientContract
): Promise<number> {
  let most = 0
  for (const follower of followers) {
    const wanted = [...lastOfEach(sightings.filter((each) => isWanted(follower, each, occasion)))]
    let noted = 0
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const part = wanted.slice(from, from + AT_ONCE)
      const work = (client: TransactionClientContract) =>
        note(channel, follower, part, occasion, client)
      noted += await (given === undefined ? db.transaction(work) : work(given))
    }
    most = Math.max(most, noted)
  }
  return most
}

function lastOfEach(sightings: Sighting[]): Iterable<Sighting> {
  return new Map(sightings.map((sighting) => [sighting.key, sighting])).values()
}

/** A sweep finds the last state only: what is new may have been updated as well. */
function isWanted(follower: Follower, { change, fields }: Sighting, { origin }: Occasion): boolean {
  const kinds = origin === 'sweep' && change === 'created' ? ['created', 'updated'] : [change]
  if (!follower.changes.some((wanted) => kinds.includes(wanted))) return false
  if (change !== 'updated' || fields === undefined || follower.fields.length === 0) return true
  return fields.some((field) => follower.fields.includes(field))
}

async function note(
  channel: Channel,
  { serviceId }: Follower,
  sightings: Sighting[],
  occasion: Occasion,
  client: TransactionClientContract
): Promise<number> {
  const keys = sightings.map(({ key }) => key)
  const rows = await PendingChange.query({ client })
    .where('serviceId', serviceId)
    .whereIn('sourceKey', keys)
  const known = new Map(rows.map((row) => [row.sourceKey, row]))
  const fresh = sightings.filter(
    (sighting) => !isKnown(known.get(sighting.key), sighting, occasion)
  )
  const inserted: object[] = []
  for (const sighting of fresh) {
    const row = known.get(sighting.key)
    if (row === undefined) inserted.push(newRow(channel, serviceId, sighting, occasion))
    else
      await client
        .from('pending_changes')
        .where('id', row.id)
        .update(changed(row, sighting, occasion))
  }
  if (inserted.length > 0) await client.table('pending_changes').multiInsert(inserted)
  const deleted = fresh.filter(({ key, change: kind }) => {
    return kind === 'deleted' && known.get(key)?.state !== 'deleted'
  })
  if (deleted.length > 0) {
    await client.from('channels').where('id', channel.id).increment('deletions', deleted.length)
  }
  return fresh.length
}

/** A sweep looks back: what a notice or an earlier sweep told of is no news. */
function isKnown(
  row: PendingChange | undefined,
  sighting: Sighting,
  { origin }: Occasion
): boolean {
  if (row === undefined || origin === 'notice') return false
  if (sighting.change === 'deleted' && row.state === 'deleted') return true
  const covered = row.coveredUntil?.toMillis() ?? null
  if (covered === null || sighting.at === null) return false
  // Within one second a record is deleted after it was changed, never before.
  return sighting.at < (sighting.change === 'deleted' ? covered - SECOND : covered)
}

function newRow(channel: Channel, serviceId: string, sighting: Sighting, occasion: Occasion) {
  return {
    id: uuid(),
    tenant_id: channel.tenantId,
    channel_id: channel.id,
    service_id: serviceId,
    source_key: sighting.key,
    times: 1,
    tries: 0,
    run_id: null,
    first_seen_at: occasion.now,
    covered_until: coveredBy(sighting),
    ...news(sighting, occasion),
  }
}

function news({ change: kind }: Sighting, { origin, now }: Occasion) {
  const state = kind === 'deleted' ? 'deleted' : 'waiting'
  return { kind, origin, state, last_seen_at: now, not_before: now + REST }
}

/** Not dealt with yet; or taken for our own just now, so that one more change is not. */
function isOpen({ state, lastSeenAt }: PendingChange, { now }: Occasion): boolean {
  return state === 'waiting' || (state === 'echo' && now - lastSeenAt.toMillis() <= ECHO_WINDOW)
}

/** A record that changes while a run reads it waits for the next one. */
function changed(row: PendingChange, sighting: Sighting, occasion: Occasion) {
  const covered = Math.max(row.coveredUntil?.toMillis() ?? 0, coveredBy(sighting) ?? 0)
  return {
    ...news(sighting, occasion),
    times: isOpen(row, occasion) ? row.times + 1 : 1,
    tries: 0,
    run_id: null,
    covered_until: covered === 0 ? null : covered,
    first_seen_at: row.state === 'waiting' ? row.firstSeenAt.toMillis() : occasion.now,
  }
}
