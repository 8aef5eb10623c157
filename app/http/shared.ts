import type { Role } from '#domain/tenants/membership'

export type TenantLink = { slug: string; name: string }
export type Notice = { kind: 'success' | 'warning' | 'error'; text: string }

/** What every page knows. */
export type SharedView = {
  user: { fullName: string; email: string; isOperator: boolean } | null
  tenant: TenantLink | null
  tenants: TenantLink[]
  /** The roles whose rights the user has here. */
  may: Role[]
  notice: Notice | null
}
