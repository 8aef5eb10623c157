import type { HttpContext } from '@adonisjs/core/http'
import { viewPreview } from '#http/previews/preview_view'
import { findService } from '#http/services/find_service'

export default class PreviewsController {
  async show(ctx: HttpContext) {
    const service = await findService(ctx)
    return ctx.inertia.render('previews/show', {
      service: { id: service.id, name: service.name },
      preview: ctx.inertia.defer(() => viewPreview(service), { rescue: true }),
    })
  }
}
