import Membership from '#domain/tenants/membership'
import Tenant from '#domain/tenants/tenant'
import type User from '#domain/tenants/user'

/** Every tenant for staff of the installation; for others those that they are a member of. */
export function visibleTenants(user: User): Promise<Tenant[]> {
  const query = Tenant.query().orderBy('name')
  if (user.isOperator) return query.exec()
  return query.whereIn('id', Membership.query().where('userId', user.id).select('tenantId')).exec()
}
