import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import { sendTo } from '#domain/alerts/tell_alerts'
import { Refusal } from '#domain/refusal'
import { findReceiver } from '#http/alerts/find_receiver'

export default class AlertTrialsController {
  /** Sends a trial, so that nobody learns in an emergency that the address was wrong. */
  async store(ctx: HttpContext) {
    const receiver = await findReceiver(ctx)
    const link = `${appUrl}/t/${ctx.tenant.slug}/alerts`
    try {
      await sendTo(receiver, {
        subject: `[${ctx.tenant.name}] A trial`,
        text: `Alerts of ${ctx.tenant.name} reach you here.\n\n${link}\n`,
        data: { tenant: ctx.tenant.slug, link, alerts: [] },
      })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Refusal(`The trial did not arrive: ${reason}`)
    }
    ctx.session.flash('notice', { kind: 'success', text: `A trial was sent to ${receiver.shown}.` })
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/alerts`)
  }
}
