import type { HttpContext } from '@adonisjs/core/http'
import AlertReceiver from '#domain/alerts/alert_receiver'
import { Refusal } from '#domain/refusal'
import { findReceiver } from '#http/alerts/find_receiver'
import { receiverValidator, wantsValidator } from '#http/alerts/receiver_validator'

export default class AlertReceiversController {
  async store({ auth, request, response, tenant }: HttpContext) {
    const { kind, mail, url, wants } = await request.validateUsing(receiverValidator)
    const address = kind === 'mail' ? mail : url
    if (address === undefined) throw new Refusal('Say where the alerts are to be sent to.')
    await AlertReceiver.add(tenant, { kind, address, wants }, auth.getUserOrFail().id)
    return response.redirect(`/t/${tenant.slug}/alerts`)
  }

  async update(ctx: HttpContext) {
    const receiver = await findReceiver(ctx)
    const { wants } = await ctx.request.validateUsing(wantsValidator)
    await receiver.hearOf(wants, ctx.auth.getUserOrFail().id)
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/alerts`)
  }

  async destroy(ctx: HttpContext) {
    const receiver = await findReceiver(ctx)
    await receiver.remove(ctx.auth.getUserOrFail().id)
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/alerts`)
  }
}
