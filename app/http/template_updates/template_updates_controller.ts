import type { HttpContext } from '@adonisjs/core/http'
import { findTemplateUpdate, updateFromTemplate } from '#domain/services/template_update'
import { findService } from '#http/services/find_service'
import { templateUpdateValidator } from '#http/template_updates/template_update_validator'
import { viewTemplateUpdate } from '#http/template_updates/template_update_view'

/** Brings a service to the present version of the template that it was made from. */
export default class TemplateUpdatesController {
  async show(ctx: HttpContext) {
    const service = await findService(ctx)
    return ctx.inertia.render('template_updates/show', {
      service: { id: service.id, name: service.name },
      update: viewTemplateUpdate(await findTemplateUpdate(service)),
    })
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session, tenant } = ctx
    const service = await findService(ctx)
    const { version, revision, choices } = await request.validateUsing(templateUpdateValidator)
    await updateFromTemplate(tenant, service, {
      userId: auth.getUserOrFail().id,
      choices: choices ?? {},
      seen: { version, revision },
    })
    const text = `The service is at version ${version} of its template.`
    session.flash('notice', { kind: 'success', text })
    return response.redirect(`/t/${tenant.slug}/services/${service.id}`)
  }
}
