import AuditEvent from '#domain/audit/audit_event'
import Run from '#domain/runs/run'
import { wakeDispatcher } from '#domain/runs/wake'

/** A person starts a waiting run although the credits are low. False when it does not wait any more. */
export async function useReserve(run: Run, userId: string): Promise<boolean> {
  const changed = await Run.query()
    .where('id', run.id)
    .where('state', 'queued')
    .whereNotNull('notBefore')
    .update({ usesReserve: true, notBefore: null, waitReason: null })
  if (Number(changed) !== 1) return false
  await AuditEvent.record({
    tenantId: run.tenantId,
    userId,
    action: 'run.reserve_used',
    subject: run.id,
    detail: { reason: run.waitReason },
  })
  wakeDispatcher()
  return true
}
