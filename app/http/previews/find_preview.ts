import type { HttpContext } from '@adonisjs/core/http'
import { DateTime } from 'luxon'
import Preview from '#domain/services/preview'

/** The preview that the address names, if it is the tenant's and its day is not over. */
export function findPreview({ params, tenant }: HttpContext): Promise<Preview> {
  return Preview.query()
    .where('tenantId', tenant.id)
    .where('id', params.preview)
    .where('expiresAt', '>', DateTime.utc().toMillis())
    .firstOrFail()
}
