import AuditEvent from '#domain/audit/audit_event'
import Connection from '#domain/connections/connection'
import { orgKey } from '#domain/connections/org'
import Run from '#domain/runs/run'
import { wakeDispatcher } from '#domain/runs/wake'
import Service from '#domain/services/service'

export interface CreditLimits {
  /** Null takes the vendor's. */
  creditsPerDay: number | null
  /** Percent; null takes the usual tenth. */
  reservePercent: number | null
}

/** Sets what the tenant's runs may spend of an account, and asks those that wait again. */
export async function setCreditLimits(
  connection: Connection,
  limits: CreditLimits,
  userId: string | null
): Promise<void> {
  const { tenantId, identity, connector } = connection
  const siblings = await Connection.query()
    .where('tenantId', tenantId)
    .where('connector', connector)
    .where((query) => {
      if (identity === null) query.where('id', connection.id)
      else query.where('identity', identity)
    })
  const ids = siblings.map(({ id }) => id)
  await Connection.query().whereIn('id', ids).update(limits)
  await Run.query()
    .where('state', 'queued')
    .whereIn(
      'serviceId',
      Service.query()
        .select('id')
        .whereIn('targetConnectionId', ids)
        .orWhereIn('sourceConnectionId', ids)
    )
    .update({ notBefore: null, waitReason: null })
  await AuditEvent.record({
    tenantId,
    userId,
    action: 'connection.limits_changed',
    subject: connection.id,
    detail: { account: orgKey(connection), ...limits },
  })
  wakeDispatcher()
}
