import type { HttpContext } from '@adonisjs/core/http'
import { ConnectorError } from '#sdk'
import { Refusal } from '#domain/refusal'
import { makePreview } from '#domain/services/make_preview'
import Service from '#domain/services/service'
import { findPreview } from '#http/previews/find_preview'
import { viewLosses } from '#http/previews/losses_view'
import { readPreviewFilter } from '#http/previews/preview_filter'
import { pageOfPreview } from '#http/previews/preview_page'
import { viewPreview } from '#http/previews/preview_view'
import type { MadePreview } from '#http/previews/preview_view'
import { findService } from '#http/services/find_service'

export default class PreviewsController {
  /** Makes one while the page waits, and leads to it. */
  async create(ctx: HttpContext) {
    const service = await findService(ctx)
    const userId = ctx.auth.getUserOrFail().id
    return ctx.inertia.render('previews/create', {
      service: { id: service.id, name: service.name },
      made: ctx.inertia.defer(() => tryPreview(service, userId), { rescue: true }),
    })
  }

  async show(ctx: HttpContext) {
    const preview = await findPreview(ctx)
    const service = await Service.findOrFail(preview.serviceId)
    const filter = readPreviewFilter(ctx.request.qs())
    return ctx.inertia.render('previews/show', {
      service: { id: service.id, name: service.name },
      preview: viewPreview(preview, service, filter),
      records: await pageOfPreview(ctx, preview, filter),
      losses: ctx.inertia.optional(() =>
        viewLosses(service, lossScope(ctx.request.input('losses')))
      ),
    })
  }
}

function lossScope(asked: unknown): 'sample' | 'whole' {
  return asked === 'whole' ? 'whole' : 'sample'
}

/** That it cannot be made is an answer too. */
async function tryPreview(service: Service, userId: string): Promise<MadePreview> {
  try {
    const { id } = await makePreview(service, userId)
    return { ok: true, id }
  } catch (error) {
    if (error instanceof Refusal || error instanceof ConnectorError) {
      return { ok: false, message: error.message }
    }
    throw error
  }
}
