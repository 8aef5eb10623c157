import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Role } from '#domain/tenants/membership'
import Tenant from '#domain/tenants/tenant'
import { notFound } from '#http/exceptions/not_found'
import { visibleTenants } from '#http/tenants/visible_tenants'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    tenant: Tenant
    role: Role
    tenants: Tenant[]
  }
}

/** Asked anew on each request, so that a revoked membership ends at once. */
export default class TenantGuard {
  async handle(ctx: HttpContext, next: NextFn) {
    const user = ctx.auth.getUserOrFail()
    const tenant = await Tenant.findBy('slug', ctx.params.tenant)
    if (!tenant) throw notFound()

    const membership = await user
      .related('memberships')
      .query()
      .where('tenantId', tenant.id)
      .first()
    const role = user.isOperator ? 'admin' : membership?.role
    if (!role) throw notFound()

    Object.assign(ctx, { tenant, role, tenants: await visibleTenants(user) })
    return next()
  }
}
