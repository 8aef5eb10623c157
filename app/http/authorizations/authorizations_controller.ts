import { Exception } from '@adonisjs/core/exceptions'
import type { HttpContext } from '@adonisjs/core/http'
import Consent from '#domain/connections/consent'
import { finishConsent } from '#domain/connections/finish_consent'
import Tenant from '#domain/tenants/tenant'
import { visibleTenants } from '#http/tenants/visible_tenants'

/** Where vendors send people back to. Only the session that began a sign-in can end it, once. */
export default class AuthorizationsController {
  async show({ auth, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const query = request.qs()
    const by = { userId: user.id, sessionId: session.sessionId }
    const consent = typeof query.state === 'string' ? await Consent.take(query.state, by) : null
    if (consent === null) throw strayed()
    const tenants = await visibleTenants(user)
    if (!tenants.some(({ id }) => id === consent.tenantId)) throw strayed()

    const connection = await finishConsent(consent, query)
    const { slug } = await Tenant.findOrFail(consent.tenantId)
    if (connection === null) return response.redirect(`/t/${slug}/consents/${consent.id}`)
    const text = `The connection "${connection.name}" is connected.`
    session.flash('notice', { kind: 'success', text })
    return response.redirect(`/t/${slug}/connections/${connection.id}`)
  }
}

function strayed(): Exception {
  return new Exception(
    'This sign-in is not known here: it was begun in another browser, has been used, or is older than ten minutes. Nothing was changed. Begin again on the page of the connection.',
    { status: 403, code: 'E_STRAY_CONSENT' }
  )
}
