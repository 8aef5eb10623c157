import AuditEvent from '#domain/audit/audit_event'
import Run from '#domain/runs/run'
import { tellRun } from '#domain/runs/tell_run'
import { wakeDispatcher } from '#domain/runs/wake'

/** A person lets a held run go on, whatever it changes. False when it does not ask any more. */
export async function releaseBrake(run: Run, userId: string): Promise<boolean> {
  const changed = await Run.query()
    .where('id', run.id)
    .where('state', 'held')
    .update({ state: 'queued', isReleased: true, waitReason: null, notBefore: null })
  if (Number(changed) !== 1) return false
  await AuditEvent.record({
    tenantId: run.tenantId,
    userId,
    action: 'run.brake_released',
    subject: run.id,
    detail: { reason: run.waitReason },
  })
  wakeDispatcher()
  await tellRun(run.id, null)
  return true
}
