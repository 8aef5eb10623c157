import type { HttpContext } from '@adonisjs/core/http'
import { acceptAccount } from '#domain/connections/finish_consent'
import { show } from '#http/connections/save_form'
import { findConsent } from '#http/consents/find_consent'

/** The explicit yes to another account than the connection had. */
export default class ConsentConfirmationsController {
  async store(ctx: HttpContext) {
    const consent = await findConsent(ctx)
    const connection = await acceptAccount(consent)
    if (connection !== null) return show(ctx, connection, 'now belongs to the other account')
    const text = 'This question has been answered, or is older than ten minutes. Sign in again.'
    ctx.session.flash('notice', { kind: 'error', text })
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/connections`)
  }
}
