import AuditEvent from '#domain/audit/audit_event'
import Run from '#domain/runs/run'
import { dispatcherBell } from '#domain/runs/wake'

/**
 * A waiting run is cancelled at once; one under way stops sending, settles what it sent, and ends.
 * It may be taken up, or given back, between the two looks: so the first one is taken twice.
 */
export async function cancelRun(run: Run, userId: string | null): Promise<void> {
  if (!(await dropWaiting(run.id)) && !(await askToStop(run.id)) && !(await dropWaiting(run.id))) {
    return
  }

  dispatcherBell.emit('cancel', run.id)
  await AuditEvent.record({
    tenantId: run.tenantId,
    userId,
    action: 'run.cancelled',
    subject: run.id,
  })
}

async function dropWaiting(id: string): Promise<boolean> {
  const changed = await Run.query()
    .where('id', id)
    .whereIn('state', ['queued', 'held'])
    .update({ state: 'cancelled', finishedAt: Date.now(), sealedGiven: null })
  return Number(changed) === 1
}

async function askToStop(id: string): Promise<boolean> {
  const changed = await Run.query()
    .where('id', id)
    .where('state', 'running')
    .update({ state: 'cancelling' })
  return Number(changed) === 1
}
