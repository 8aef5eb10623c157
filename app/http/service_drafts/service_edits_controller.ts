import type { HttpContext } from '@adonisjs/core/http'
import { editService } from '#domain/services/draft_start'
import { findService } from '#http/services/find_service'

export default class ServiceEditsController {
  async store(ctx: HttpContext) {
    const draft = await editService(await findService(ctx), ctx.auth.getUserOrFail().id)
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/service-drafts/${draft.id}`)
  }
}
