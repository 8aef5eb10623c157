import type { HttpContext } from '@adonisjs/core/http'
import Service from '#domain/services/service'

/** The service that the address names, if it is the tenant's. */
export function findService({ params, tenant }: HttpContext): Promise<Service> {
  return Service.query()
    .where('tenantId', tenant.id)
    .where('id', params.service)
    .preload('source')
    .preload('target')
    .firstOrFail()
}
