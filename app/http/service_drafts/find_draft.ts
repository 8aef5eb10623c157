import type { HttpContext } from '@adonisjs/core/http'
import Draft from '#domain/services/draft'

/** The draft that the address names, if it is the tenant's. */
export function findDraft({ params, tenant }: HttpContext): Promise<Draft> {
  return Draft.query()
    .where('tenantId', tenant.id)
    .where('id', params.draft)
    .preload('service')
    .firstOrFail()
}
