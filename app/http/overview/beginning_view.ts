import db from '@adonisjs/lucid/services/db'
import Connection from '#domain/connections/connection'
import type Tenant from '#domain/tenants/tenant'

/** How far a new tenant has come; null once its first run was started. */
export type BeginningView = { connections: string[]; services: number } | null

export async function viewBeginning(tenant: Tenant): Promise<BeginningView> {
  const begun = await db.from('runs').where('tenant_id', tenant.id).select('id').first()
  if (begun !== null) return null
  const [connections, services] = await Promise.all([
    Connection.query().where('tenantId', tenant.id).orderBy('createdAt'),
    db.from('services').where('tenant_id', tenant.id).count('* as n').first(),
  ])
  return { connections: connections.map(({ name }) => name), services: Number(services.n) }
}
