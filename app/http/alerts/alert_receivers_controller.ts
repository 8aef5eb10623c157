import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import AlertReceiver from '#domain/alerts/alert_receiver'
import { sendTo } from '#domain/alerts/tell_alerts'
import { Refusal } from '#domain/refusal'
import { receiverValidator } from '#http/alerts/receiver_validator'

export default class AlertReceiversController {
  async store({ auth, request, response, tenant }: HttpContext) {
    const { kind, mail, url, wants } = await request.validateUsing(receiverValidator)
    const address = kind === 'mail' ? mail : url
    if (address === undefined) throw new Refusal('Say where the alerts are to be sent to.')
    await AlertReceiver.add(tenant, { kind, address, wants }, auth.getUserOrFail().id)
    return response.redirect(`/t/${tenant.slug}/alerts`)
  }

  /** Sends a trial, so that nobody learns in an emergency that the address was wrong. */
  async update(ctx: HttpContext) {
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

  async destroy(ctx: HttpContext) {
    const receiver = await findReceiver(ctx)
    await receiver.remove(ctx.auth.getUserOrFail().id)
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/alerts`)
  }
}

function findReceiver({ params, tenant }: HttpContext): Promise<AlertReceiver> {
  return AlertReceiver.query()
    .where('tenantId', tenant.id)
    .where('id', params.receiver)
    .firstOrFail()
}
