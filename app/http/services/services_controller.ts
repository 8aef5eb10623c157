import type { HttpContext } from '@adonisjs/core/http'
import { viewNext } from '#http/services/next_view'
import Revision from '#domain/services/revision'
import Service from '#domain/services/service'
import { newerTemplate } from '#domain/services/template_version'
import User from '#domain/tenants/user'
import { paged } from '#http/paged'
import { runsOf } from '#http/runs/run_query'
import { viewRunRow } from '#http/runs/run_view'
import { findService } from '#http/services/find_service'
import { viewLacking } from '#http/services/lacking_view'
import { viewRevision, viewService } from '#http/services/service_view'
import type { RevisionRow } from '#http/services/service_view'
import { viewServiceRows } from '#http/services/service_rows_view'

const HISTORY = 10

export default class ServicesController {
  async index({ inertia, request, tenant }: HttpContext) {
    const isArchive = request.input('show') === 'archived'
    const services = await Service.query()
      .where('tenantId', tenant.id)
      .preload('source')
      .preload('target')
      .orderBy('name')
    const shown = services.filter(({ state }) => (state === 'archived') === isArchive)
    return inertia.render('services/index', {
      services: await viewServiceRows(tenant, shown),
      isArchive,
      others: services.length - shown.length,
    })
  }

  /** A page that follows a run asks for its state again and again: the rest is asked for once. */
  async show(ctx: HttpContext) {
    const service = await findService(ctx)
    const current = await Revision.query()
      .where({ serviceId: service.id, number: service.revision })
      .firstOrFail()
    const runs = runsOf(ctx.tenant).where('serviceId', service.id)

    return ctx.inertia.render('services/show', {
      service: viewService(service, current.definition),
      revisions: () => revisionsOf(service),
      newerTemplate: () => newerTemplate(service).then((newer) => newer?.version ?? null),
      lacking: () => viewLacking(service),
      next: ctx.inertia.defer(() => viewNext(service), { rescue: true }),
      runs: () => paged(runs, ctx.request.input('page'), viewRunRow, HISTORY),
    })
  }
}

async function revisionsOf(service: Service): Promise<RevisionRow[]> {
  const revisions = await Revision.query().where('serviceId', service.id).orderBy('number', 'desc')
  const names = await namesOf(revisions)
  return revisions.map((revision) => viewRevision(revision, service.revision, names))
}

async function namesOf(revisions: Revision[]): Promise<Map<string, string>> {
  const ids = revisions.flatMap(({ createdBy }) => createdBy ?? [])
  const users = await User.query().whereIn('id', ids)
  return new Map(users.map(({ id, fullName }) => [id, fullName]))
}
