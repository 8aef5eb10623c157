import type { HttpContext } from '@adonisjs/core/http'
import AuditEvent from '#domain/audit/audit_event'
import { createTenant } from '#domain/tenants/create_tenant'
import { tenantValidator } from '#http/tenants/tenant_validator'
import { viewTenants } from '#http/tenants/tenants_view'

export default class TenantsController {
  async index({ inertia }: HttpContext) {
    return inertia.render('tenants/index', { rows: await viewTenants() })
  }

  async store({ auth, request, response }: HttpContext) {
    const { slug, name } = await request.validateUsing(tenantValidator)
    const tenant = await createTenant(slug, name)
    await AuditEvent.record({
      tenantId: tenant.id,
      userId: auth.getUserOrFail().id,
      action: 'tenant.created',
      subject: tenant.slug,
    })
    return response.redirect(`/t/${tenant.slug}`)
  }
}
