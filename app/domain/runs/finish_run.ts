import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Refusal } from '#domain/refusal'
import type { SyncReport } from '#engine/sync_input'
import { holdRun } from '#domain/runs/brake_hold'
import { fencePlan } from '#domain/runs/fence_plan'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import type { RunState } from '#domain/runs/run'
import { readsTheSame } from '#domain/services/reads_the_same'
import Revision from '#domain/services/revision'
import Service from '#domain/services/service'
import type { Lease, WireError } from '#workers/messages'
import { toWire } from '#workers/wire_error'

const KEYS_PER_STATEMENT = 500
const OVER = {
  lease_token: null,
  lease_owner: null,
  lease_expires_at: null,
  active_key: null,
  under_way: 0,
  sealed_given: null,
}

/** Ends a run under its lease, and moves the service's position with it. False when the lease is gone. */
export async function finishRun(lease: Lease, report: SyncReport): Promise<boolean> {
  return db.transaction(async (client) => {
    const run = await Run.query({ client }).where('id', lease.runId).firstOrFail()
    const state = run.rejected + run.failed + run.unclear > 0 ? 'partial' : 'succeeded'
    const ended = await end(client, lease, state, {
      timings: JSON.stringify(report.timings),
      stage: 'finished',
      error_kind: null,
      error_message: null,
      ...(report.flags ? { flags: JSON.stringify(report.flags) } : {}),
    })
    if (ended && run.onlyKeys !== null) await closeVanished(client, run, run.onlyKeys)
    if (ended && run.bounds !== null && (await isStillFollowed(run, client))) {
      await client
        .from('services')
        .where('id', run.serviceId)
        .update({ position: JSON.stringify(run.bounds.until) })
    }
    return ended
  })
}

/** Of a service that was changed meanwhile, to read something else, it tells no place. */
async function isStillFollowed(
  { serviceId, revision }: Run,
  client: TransactionClientContract
): Promise<boolean> {
  const service = await Service.findOrFail(serviceId, { client })
  if (service.revision === revision) return true
  const [then, now] = await Promise.all(
    [revision, service.revision].map((number) =>
      Revision.query({ client }).where({ serviceId, number }).firstOrFail()
    )
  )
  return readsTheSame(then.definition, now.definition)
}

/**
 * A replay asked the source for these keys. What neither arrived nor failed again is not there
 * any more, or the filter drops it now: its dead letter is over too.
 */
async function closeVanished(client: TransactionClientContract, run: Run, keys: string[]) {
  for (let at = 0; at < keys.length; at += KEYS_PER_STATEMENT) {
    await client
      .from('dead_letters')
      .where('service_id', run.serviceId)
      .whereNot('run_id', run.id)
      .whereIn('open_key', keys.slice(at, at + KEYS_PER_STATEMENT))
      .update({ open_key: null, resolved_at: Date.now(), resolved_by: run.id })
  }
}

/**
 * Ends a run that stopped by an error or was cancelled, or holds it. What was settled stays, and
 * what it planned and never came to is planned no more. False when the lease is gone.
 */
export async function stopRun(lease: Lease, error: WireError): Promise<boolean> {
  return db.transaction(async (client) => {
    const isStopped = await stop(client, lease, error)
    if (isStopped) await fencePlan(lease.runId, client)
    return isStopped
  })
}

async function stop(client: TransactionClientContract, lease: Lease, error: WireError) {
  if (error.kind === 'held' && (await holdRun(client, lease, error))) return true
  if (error.kind === 'cancelled' || error.kind === 'held') {
    return end(client, lease, 'cancelled', {})
  }
  return end(client, lease, 'failed', {
    error_kind: error.kind === 'surprise' ? 'fatal' : error.kind,
    error_message: error.kind === 'surprise' ? unexpected(error.message) : error.message,
  })
}

/** Ends a run that could not even begin. */
export function failRun(lease: Lease, error: unknown): Promise<boolean> {
  const wire = toWire(error)
  return stopRun(lease, error instanceof Refusal ? { ...wire, kind: 'config' } : wire)
}

function unexpected(reason: string): string {
  return `Something unexpected happened: ${reason}. What was settled is kept, and the next run goes on from there; the server's log says where it happened`
}

async function end(
  client: TransactionClientContract,
  { runId, token }: Lease,
  state: RunState,
  changes: { [column: string]: unknown }
): Promise<boolean> {
  const changed = await client
    .from('runs')
    .where('id', runId)
    .where('lease_token', token)
    .whereIn('state', [...ACTIVE_STATES])
    .update({ ...OVER, ...changes, state, finished_at: Date.now() })
  return Number(changed) === 1
}
