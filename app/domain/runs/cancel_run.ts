import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import Run from '#domain/runs/run'
import { dispatcherBell } from '#domain/runs/wake'

/** A waiting run is cancelled at once; one under way stops sending, settles what it sent, and ends. */
export async function cancelRun(run: Run, userId: string | null): Promise<void> {
  const dropped = await Run.query()
    .where('id', run.id)
    .where('state', 'queued')
    .update({ state: 'cancelled', finishedAt: DateTime.utc().toMillis() })
  const asked = await Run.query()
    .where('id', run.id)
    .where('state', 'running')
    .update({ state: 'cancelling' })
  if (Number(dropped) + Number(asked) === 0) return

  dispatcherBell.emit('cancel', run.id)
  await AuditEvent.record({
    tenantId: run.tenantId,
    userId,
    action: 'run.cancelled',
    subject: run.id,
  })
}
