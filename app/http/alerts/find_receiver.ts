import type { HttpContext } from '@adonisjs/core/http'
import AlertReceiver from '#domain/alerts/alert_receiver'

export function findReceiver({ params, tenant }: HttpContext): Promise<AlertReceiver> {
  return AlertReceiver.query()
    .where('tenantId', tenant.id)
    .where('id', params.receiver)
    .firstOrFail()
}
