import type { HttpContext } from '@adonisjs/core/http'
import { applyService } from '#domain/services/apply_service'
import { compareDefinitions } from '#domain/services/compare_definitions'
import Revision from '#domain/services/revision'
import type Service from '#domain/services/service'
import { findService } from '#http/services/find_service'

export default class RevisionsController {
  /** A revision beside the one in use, in words. */
  async show(ctx: HttpContext) {
    const service = await findService(ctx)
    const revision = await findRevision(ctx, service)
    const current = await service.currentRevision()
    return ctx.inertia.render('revisions/show', {
      service: { id: service.id, name: service.name },
      revision: { number: revision.number, note: revision.note },
      current: current.number,
      changes: compareDefinitions(revision.definition, current.definition),
      undone: compareDefinitions(current.definition, revision.definition),
    })
  }

  /** Restores it: as a new revision, since a saved one never changes. */
  async store(ctx: HttpContext) {
    const service = await findService(ctx)
    const { definition, number } = await findRevision(ctx, service)
    await applyService(ctx.tenant, definition, {
      userId: ctx.auth.getUserOrFail().id,
      note: `Revision ${number} restored`,
    })
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/services/${service.id}`)
  }
}

function findRevision({ params }: HttpContext, service: Service): Promise<Revision> {
  return Revision.query()
    .where('serviceId', service.id)
    .where('number', Number(params.revision))
    .firstOrFail()
}
