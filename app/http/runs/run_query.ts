import Run from '#domain/runs/run'
import type Tenant from '#domain/tenants/tenant'

/** The runs of a tenant with their services, latest first. */
export function runsOf(tenant: Tenant) {
  return Run.query()
    .where('tenantId', tenant.id)
    .preload('service')
    .orderBy('queuedAt', 'desc')
    .orderBy('id', 'desc')
}
