import db from '@adonisjs/lucid/services/db'
import Revision from '#domain/services/revision'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import { viewRunRow } from '#http/runs/run_view'
import type { RunRow } from '#http/runs/run_view'
import { latestRuns } from '#http/services/latest_runs'
import { viewServiceRow } from '#http/services/service_view'
import type { ServiceRow } from '#http/services/service_view'

export type ServiceListRow = ServiceRow & { lastRun: RunRow | null; openLetters: number }

/** Services with what happened last. Source and target must be loaded. */
export async function viewServiceRows(
  tenant: Tenant,
  services: Service[]
): Promise<ServiceListRow[]> {
  const [runs, revisions, letters] = await Promise.all([
    latestRuns(tenant),
    currentRevisions(services),
    openLetters(tenant),
  ])
  return services.flatMap((service) => {
    const revision = revisions.get(`${service.id} ${service.revision}`)
    const run = runs.get(service.id)
    return revision
      ? [
          {
            ...viewServiceRow(service, revision.definition),
            lastRun: run ? viewRunRow(run) : null,
            openLetters: letters.get(service.id) ?? 0,
          },
        ]
      : []
  })
}

async function currentRevisions(services: Service[]): Promise<Map<string, Revision>> {
  const revisions = await Revision.query()
    .whereIn(
      'serviceId',
      services.map(({ id }) => id)
    )
    .whereIn('number', [...new Set(services.map(({ revision }) => revision))])
  return new Map(
    revisions.map((revision) => [`${revision.serviceId} ${revision.number}`, revision])
  )
}

async function openLetters(tenant: Tenant): Promise<Map<string, number>> {
  const rows: Array<{ service_id: string; figure: unknown }> = await db
    .from('dead_letters')
    .where('tenant_id', tenant.id)
    .whereNull('resolved_at')
    .groupBy('service_id')
    .select('service_id')
    .count('* as figure')
  return new Map(rows.map((row) => [row.service_id, Number(row.figure)]))
}
