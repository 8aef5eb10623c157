import type { HttpContext } from '@adonisjs/core/http'
import Consent from '#domain/connections/consent'

/** The sign-in that the address names, if the person who began it asks. */
export function findConsent({ auth, params, tenant }: HttpContext): Promise<Consent> {
  return Consent.query()
    .where('tenantId', tenant.id)
    .where('userId', auth.getUserOrFail().id)
    .where('id', params.consent)
    .firstOrFail()
}
