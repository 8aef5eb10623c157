import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import Connection from '#domain/connections/connection'
import { Refusal } from '#domain/refusal'
import { flagProblems } from '#domain/services/flag_problems'
import type Service from '#domain/services/service'
import type { ServiceState } from '#domain/services/service'

const SAID: { [state in ServiceState]: string } = {
  enabled: 'service.enabled',
  paused: 'service.paused',
  archived: 'service.archived',
}

/** While it was put away, another may have taken its flag. */
async function assertSoleFlag(service: Service): Promise<void> {
  const { definition } = await service.currentRevision()
  const source = await Connection.findOrFail(service.sourceConnectionId)
  const problems = await flagProblems(definition, source)
  if (problems.length > 0) throw new Refusal(`"${service.name}" has to stay archived:`, problems)
}

/** Lets a service run, or keeps it from it, and says why. A run that has begun goes on to its end. */
export async function changeState(
  service: Service,
  state: ServiceState,
  { userId, reason = null }: { userId: string | null; reason?: string | null }
): Promise<void> {
  if (service.state === state && service.stateReason === reason) return
  if (service.state === 'archived') await assertSoleFlag(service)
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
