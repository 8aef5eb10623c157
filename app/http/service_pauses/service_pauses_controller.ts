import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { changeState } from '#domain/services/change_state'
import { findService } from '#http/services/find_service'

const validator = vine.create({ reason: vine.string().trim().maxLength(255).optional() })

export default class ServicePausesController {
  async store(ctx: HttpContext) {
    const service = await findService(ctx)
    const { reason } = await ctx.request.validateUsing(validator)
    await changeState(service, 'paused', {
      userId: ctx.auth.getUserOrFail().id,
      reason: reason ?? null,
    })
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/services/${service.id}`)
  }

  async destroy(ctx: HttpContext) {
    const service = await findService(ctx)
    await changeState(service, 'enabled', { userId: ctx.auth.getUserOrFail().id })
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/services/${service.id}`)
  }
}
