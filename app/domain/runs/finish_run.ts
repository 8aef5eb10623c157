import db from '@adonisjs/lucid/services/db'
import { Refusal } from '#domain/refusal'
import type { SyncReport } from '#engine/sync_input'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import type { RunState } from '#domain/runs/run'
import type { Lease, WireError } from '#workers/messages'
import { toWire } from '#workers/wire_error'

const OVER = {
  lease_token: null,
  lease_owner: null,
  lease_expires_at: null,
  active_key: null,
  under_way: 0,
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
    })
    if (ended && run.bounds !== null) {
      await client
        .from('services')
        .where('id', run.serviceId)
        .update({ position: JSON.stringify(run.bounds.until) })
    }
    return ended
  })
}

/** Ends a run that stopped by an error or was cancelled. What was settled stays. */
export function stopRun(lease: Lease, error: WireError): Promise<boolean> {
  if (error.kind === 'cancelled') return end(db.connection(), lease, 'cancelled', {})
  return end(db.connection(), lease, 'failed', {
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
  client: Pick<ReturnType<typeof db.connection>, 'from'>,
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
