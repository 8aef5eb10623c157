import db from '@adonisjs/lucid/services/db'
import Connection from '#domain/connections/connection'
import type Tenant from '#domain/tenants/tenant'

/** How far a new tenant has come; null once its first run was started, though it be forgotten. */
export type BeginningView = { connections: string[]; services: number } | null

export async function viewBeginning(tenant: Tenant): Promise<BeginningView> {
  if (await hasBegun(tenant)) return null
  const [connections, services] = await Promise.all([
    Connection.query().where('tenantId', tenant.id).orderBy('createdAt'),
    db.from('services').where('tenant_id', tenant.id).count('* as n').first(),
  ])
  return { connections: connections.map(({ name }) => name), services: Number(services.n) }
}

/** A service has its number from its first run on, whatever is kept of its runs. */
async function hasBegun(tenant: Tenant): Promise<boolean> {
  const run = await db.from('runs').where('tenant_id', tenant.id).select('id').first()
  if (run !== null) return true
  const known = await db
    .from('service_numbers')
    .join('services', 'services.id', 'service_numbers.service_id')
    .where('services.tenant_id', tenant.id)
    .select('service_numbers.number')
    .first()
  return known !== null
}
