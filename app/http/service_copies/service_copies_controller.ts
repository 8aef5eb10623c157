import type { HttpContext } from '@adonisjs/core/http'
import { duplicate } from '#domain/services/duplicate'
import { findService } from '#http/services/find_service'

export default class ServiceCopiesController {
  async store(ctx: HttpContext) {
    const service = await findService(ctx)
    const copy = await duplicate(ctx.tenant, service, ctx.auth.getUserOrFail().id)
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/services/${copy.id}`)
  }
}
