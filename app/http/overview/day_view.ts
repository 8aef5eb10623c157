import db from '@adonisjs/lucid/services/db'
import type Tenant from '#domain/tenants/tenant'

const DAY = 24 * 3_600_000

/** The last 24 hours in four figures. */
export type DayView = { runs: number; arrived: number; unchanged: number; services: number }

export async function viewDay(tenant: Tenant, now: number): Promise<DayView> {
  const [runs, services] = await Promise.all([
    db
      .from('runs')
      .where('tenant_id', tenant.id)
      .where('queued_at', '>', now - DAY)
      .count('* as runs')
      .sum('created as created')
      .sum('updated as updated')
      .sum('deleted as deleted')
      .sum('unchanged as unchanged')
      .first(),
    db
      .from('services')
      .where('tenant_id', tenant.id)
      .where('state', 'enabled')
      .count('* as n')
      .first(),
  ])
  return {
    runs: Number(runs.runs),
    arrived: Number(runs.created) + Number(runs.updated) + Number(runs.deleted),
    unchanged: Number(runs.unchanged),
    services: Number(services.n),
  }
}
