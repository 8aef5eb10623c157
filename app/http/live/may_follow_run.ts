import type { HttpContext } from '@adonisjs/core/http'
import Run from '#domain/runs/run'
import Membership from '#domain/tenants/membership'

/** Whoever may open the page of a run may hear of it. */
export async function mayFollowRun(
  { auth }: HttpContext,
  { tenant, run }: { tenant: string; run: string }
): Promise<boolean> {
  const user = auth.user
  if (!user) return false
  if (!(await Run.query().where('tenantId', tenant).where('id', run).first())) return false
  if (user.isOperator) return true
  return (await Membership.query().where({ tenantId: tenant, userId: user.id }).first()) !== null
}
