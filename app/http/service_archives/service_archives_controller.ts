import type { HttpContext } from '@adonisjs/core/http'
import { archive } from '#domain/runs/archive'
import { changeState } from '#domain/services/change_state'
import { findService } from '#http/services/find_service'

export default class ServiceArchivesController {
  async store(ctx: HttpContext) {
    const service = await findService(ctx)
    await archive(service, ctx.auth.getUserOrFail().id)
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/services`)
  }

  /** What comes back from the archive is looked over before it runs. */
  async destroy(ctx: HttpContext) {
    const service = await findService(ctx)
    await changeState(service, 'paused', {
      userId: ctx.auth.getUserOrFail().id,
      reason: 'back from the archive',
    })
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/services/${service.id}`)
  }
}
