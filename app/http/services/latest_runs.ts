import Run from '#domain/runs/run'
import type Tenant from '#domain/tenants/tenant'
import { runsOf } from '#http/runs/run_query'

/** The latest run of each service. Ids sort by time. */
export async function latestRuns(tenant: Tenant): Promise<Map<string, Run>> {
  const latest = await Run.query()
    .where('tenantId', tenant.id)
    .groupBy('serviceId')
    .max('id as latest')
  const runs = await runsOf(tenant).whereIn(
    'id',
    latest.map(({ $extras }) => String($extras.latest))
  )
  return new Map(runs.map((run) => [run.serviceId, run]))
}
