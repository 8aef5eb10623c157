import db from '@adonisjs/lucid/services/db'
import { findEchoes } from '#domain/deliveries/echoes'
import { allFollowers } from '#domain/deliveries/followers'
import type { Follower } from '#domain/deliveries/followers'
import PendingChange from '#domain/deliveries/pending_change'
import Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { wakeDispatcher } from '#domain/runs/wake'
import Service from '#domain/services/service'

/** A run reads so many records again at most; the next one takes the others. */
const MOST = 1000

/**
 * Starts a run for each service whose changed records are many enough, or have waited long
 * enough. One run at a time: what changes meanwhile is gathered for the next.
 */
export async function startChanges(now: number): Promise<number> {
  const waiting = await db
    .from('pending_changes')
    .where('state', 'waiting')
    .where('not_before', '<=', now)
    .groupBy('service_id')
    .select('service_id')
    .count('* as records')
    .min('first_seen_at as since')
  if (waiting.length === 0) return 0
  const all = await allFollowers()
  const followers = new Map(all.map((follower) => [follower.serviceId, follower]))
  let started = 0
  for (const { service_id: serviceId, records, since } of waiting) {
    const follower = followers.get(serviceId)
    if (follower === undefined || follower.state !== 'enabled') continue
    const isDue = Number(records) >= follower.atRecords || Number(since) + follower.after <= now
    if (isDue && (await startOne(follower, now))) started += 1
  }
  if (started > 0) wakeDispatcher()
  return started
}

async function startOne(follower: Follower, now: number): Promise<boolean> {
  const underWay = await Run.query()
    .where('serviceId', follower.serviceId)
    .where('trigger', 'webhook')
    .whereIn('state', ['queued', 'held', 'running', 'cancelling'])
    .first()
  if (underWay !== null) return false
  const changes = await PendingChange.query()
    .where('serviceId', follower.serviceId)
    .where('state', 'waiting')
    .where('notBefore', '<=', now)
    .orderBy('firstSeenAt')
    .orderBy('id')
    .limit(MOST)
  const echoes = await findEchoes(follower, changes)
  const fresh = changes.filter(({ id }) => !echoes.has(id))
  await dropEchoes([...echoes], changes[0]?.channelId)
  return fresh.length > 0 && start(follower, fresh)
}

async function dropEchoes(ids: string[], channelId: string | undefined): Promise<void> {
  if (ids.length === 0 || channelId === undefined) return
  const dropped = await PendingChange.query()
    .whereIn('id', ids)
    .where('state', 'waiting')
    .update({ state: 'echo' })
  await db.from('channels').where('id', channelId).increment('echoes', Number(dropped))
}

/** The run and what it is for are saved together; another server that was first leaves nothing. */
async function start({ serviceId }: Follower, changes: PendingChange[]): Promise<boolean> {
  const service = await Service.findOrFail(serviceId)
  const client = await db.transaction()
  try {
    const onlyKeys = changes.map(({ sourceKey }) => sourceKey)
    const run = await queueRun(service, { trigger: 'webhook', requestedBy: null, onlyKeys }, client)
    const taken = await client
      .from('pending_changes')
      .whereIn(
        'id',
        changes.map(({ id }) => id)
      )
      .where('state', 'waiting')
      .update({ state: 'running', run_id: run.id })
    if (Number(taken) !== changes.length) {
      await client.rollback()
      return false
    }
    await client.commit()
    return true
  } catch (error) {
    await client.rollback()
    throw error
  }
}
