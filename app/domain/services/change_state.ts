import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import type Service from '#domain/services/service'
import type { ServiceState } from '#domain/services/service'

const SAID: { [state in ServiceState]: string } = {
  enabled: 'service.enabled',
  paused: 'service.paused',
  archived: 'service.archived',
}

/** Lets a service run, or keeps it from it, and says why. A run that has begun goes on to its end. */
export async function changeState(
  service: Service,
  state: ServiceState,
  { userId, reason = null }: { userId: string | null; reason?: string | null }
): Promise<void> {
  if (service.state === state && service.stateReason === reason) return
  service.merge({ state, stateReason: reason, updatedAt: DateTime.utc() })
  await service.save()
  await AuditEvent.record({
    tenantId: service.tenantId,
    userId,
    action: SAID[state],
    subject: service.id,
    detail: { name: service.name, ...(reason === null ? {} : { reason }) },
  })
}
