import { randomBytes } from 'node:crypto'
import { DateTime } from 'luxon'
import { createTenant } from '#domain/tenants/create_tenant'
import Membership from '#domain/tenants/membership'
import type { Role } from '#domain/tenants/membership'
import Tenant from '#domain/tenants/tenant'
import User from '#domain/tenants/user'

const TENANTS = [
  { slug: 'north-wind', name: 'North Wind Trading' },
  { slug: 'blue-harbour', name: 'Blue Harbour Foods' },
]

/** An operator and two tenants with a user each. Passwords are new at every demo. */
export async function prepareTenants() {
  const [tenant, other] = await Promise.all(TENANTS.map(ensureTenant))
  if (tenant === undefined || other === undefined) throw new Error('The demo needs two tenants')
  const operator = await ensureUser('operator@crossdock.test', 'Olga Operator', true)
  const client = await ensureUser('client@north-wind.test', 'Nora North', false)
  const otherClient = await ensureUser('client@blue-harbour.test', 'Bert Blue', false)
  await ensureMembership(tenant, client.user, 'admin')
  await ensureMembership(other, otherClient.user, 'admin')
  return {
    tenant,
    lines: [
      `Sign in as the agency: ${operator.user.email} with ${operator.password}`,
      `or as the client:      ${client.user.email} with ${client.password}`,
    ],
  }
}

async function ensureTenant({ slug, name }: (typeof TENANTS)[number]): Promise<Tenant> {
  return (await Tenant.findBy('slug', slug)) ?? createTenant(slug, name)
}

async function ensureUser(email: string, fullName: string, isOperator: boolean) {
  const password = randomBytes(9).toString('base64url')
  const user =
    (await User.findBy('email', email)) ??
    new User().fill({ email, fullName, isOperator, createdAt: DateTime.utc() })
  user.password = password
  return { password, user: await user.save() }
}

async function ensureMembership(tenant: Tenant, user: User, role: Role): Promise<void> {
  await Membership.firstOrCreate(
    { tenantId: tenant.id, userId: user.id },
    { role, createdAt: DateTime.utc() }
  )
}
