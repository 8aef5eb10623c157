import type { HttpContext } from '@adonisjs/core/http'
import { isMailSet } from '#config/mail'
import Alert from '#domain/alerts/alert'
import AlertReceiver from '#domain/alerts/alert_receiver'
import { kindChoices, viewAlert, viewReceiver } from '#http/alerts/alert_view'

const SHOWN = 100

export default class AlertsController {
  async index({ inertia, tenant }: HttpContext) {
    const [open, closed, receivers] = await Promise.all([
      Alert.query()
        .where('tenantId', tenant.id)
        .whereNotNull('openKey')
        .orderBy('lastAt', 'desc')
        .limit(SHOWN),
      Alert.query()
        .where('tenantId', tenant.id)
        .whereNull('openKey')
        .orderBy('closedAt', 'desc')
        .limit(SHOWN),
      AlertReceiver.query().where('tenantId', tenant.id).orderBy('createdAt'),
    ])
    return inertia.render('alerts/index', {
      open: open.map(viewAlert),
      closed: closed.map(viewAlert),
      receivers: receivers.map(viewReceiver),
      kinds: kindChoices,
      isMailSet,
    })
  }
}
