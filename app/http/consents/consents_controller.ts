import type { HttpContext } from '@adonisjs/core/http'
import { refuseAccount, wishOf } from '#domain/connections/finish_consent'
import { declarationOf } from '#domain/connections/declaration'
import { viewConsent } from '#http/consents/consent_view'
import { findConsent } from '#http/consents/find_consent'
import { findConnection } from '#http/connections/find_connection'
import { askForConsent } from '#http/connections/save_form'
import { renewedDraft } from '#http/consents/renewed_draft'

export default class ConsentsController {
  async show(ctx: HttpContext) {
    const consent = await findConsent(ctx)
    return ctx.inertia.render('connections/consent', { consent: await viewConsent(consent) })
  }

  /** Asks again for what a connection has, and for what its services need besides. */
  async store(ctx: HttpContext) {
    const connection = await findConnection(ctx)
    const declaration = await declarationOf(connection.connector)
    const draft = await renewedDraft(connection, declaration)
    const userId = ctx.auth.getUserOrFail().id
    await askForConsent(ctx, { tenant: ctx.tenant, draft, declaration, connection, userId })
  }

  /** Once more with the same draft, after a no or a failure. */
  async update(ctx: HttpContext) {
    const consent = await findConsent(ctx)
    await askForConsent(ctx, await wishOf(consent))
  }

  /** No to the other account. */
  async destroy(ctx: HttpContext) {
    const consent = await findConsent(ctx)
    await refuseAccount(consent)
    const { slug } = ctx.tenant
    return ctx.response.redirect(`/t/${slug}/connections/${consent.connectionId ?? ''}`)
  }
}
