import type { HttpContext } from '@adonisjs/core/http'
import { DateTime } from 'luxon'
import Draft from '#domain/services/draft'
import { readDraftContent } from '#domain/services/draft_content'
import { startDraft } from '#domain/services/draft_start'
import { formulaGuide } from '#http/service_builder/formula_guide'
import { viewConnections, viewDraft, viewDraftRow } from '#http/service_drafts/draft_view'
import { findDraft } from '#http/service_drafts/find_draft'
import { templateCards } from '#http/service_drafts/template_cards'
import { settled } from '#http/service_builder/settled'

const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

export default class ServiceDraftsController {
  async create({ inertia, tenant }: HttpContext) {
    const drafts = await Draft.query()
      .where('tenantId', tenant.id)
      .preload('service')
      .orderBy('updatedAt', 'desc')
    const connections = await viewConnections(tenant)
    return inertia.render('builder/create', {
      templates: await templateCards(tenant),
      drafts: drafts.map(viewDraftRow),
      connections: connections.length,
    })
  }

  async store({ auth, request, response, tenant }: HttpContext) {
    const template: unknown = request.input('template')
    const draft = await startDraft(
      tenant,
      {
        template: typeof template === 'string' ? template : null,
        kind: request.input('kind') === 'export' ? 'export' : 'import',
      },
      auth.getUserOrFail().id
    )
    return response.redirect(`/t/${tenant.slug}/service-drafts/${draft.id}`)
  }

  async show(ctx: HttpContext) {
    const draft = await findDraft(ctx)
    return ctx.inertia.render('builder/edit', {
      draft: await viewDraft(ctx.tenant, draft),
      connections: await viewConnections(ctx.tenant),
      functions: formulaGuide,
      zones: ZONES,
    })
  }

  async update(ctx: HttpContext) {
    const draft = await findDraft(ctx)
    return settled(ctx, async () => {
      const content = readDraftContent(ctx.request.input('definition'))
      await draft.merge({ content, updatedAt: DateTime.utc() }).save()
      return { savedAt: draft.updatedAt.toISO() }
    })
  }

  async destroy(ctx: HttpContext) {
    const draft = await findDraft(ctx)
    await draft.delete()
    ctx.session.flash('notice', { kind: 'success', text: 'The draft is discarded.' })
    const back = draft.serviceId === null ? '' : `/${draft.serviceId}`
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/services${back}`)
  }
}
