import type { HttpContext } from '@adonisjs/core/http'
import { ROLES, roleReaches } from '#domain/tenants/membership'
import type { SharedView, TenantLink } from '#http/shared'

const link = ({ slug, name }: TenantLink): TenantLink => ({ slug, name })

/** Parts of the context are missing where a request failed before its guards. */
export function viewShared(ctx: Partial<HttpContext>): SharedView {
  const { role } = ctx
  const user = ctx.auth?.user
  return {
    user: user ? { fullName: user.fullName, email: user.email, isOperator: user.isOperator } : null,
    tenant: ctx.tenant ? link(ctx.tenant) : null,
    tenants: ctx.tenants?.map(link) ?? [],
    may: role ? ROLES.filter((needed) => roleReaches(role, needed)) : [],
    notice: ctx.session?.flashMessages.get('notice') ?? null,
  }
}
