import db from '@adonisjs/lucid/services/db'
import Tenant from '#domain/tenants/tenant'
import { instantText } from '#http/instant_text'

export type TenantRow = {
  slug: string
  name: string
  services: number
  openLetters: number
  brokenConnections: number
  lastRunAt: string | null
}

type Figures = Map<string, number>

async function figures(query: Promise<Array<{ tenant_id: string; figure: unknown }>>) {
  const rows = await query
  return new Map(rows.map((row) => [row.tenant_id, Number(row.figure)]))
}

const count = (table: string) =>
  db.from(table).groupBy('tenant_id').select('tenant_id').count('* as figure')

/** Every tenant with what shows at a glance who is in trouble. */
export async function viewTenants(): Promise<TenantRow[]> {
  const [tenants, services, letters, broken, lastRuns]: [Tenant[], ...Figures[]] =
    await Promise.all([
      Tenant.query().orderBy('name'),
      figures(count('services').whereNot('state', 'archived').exec()),
      figures(count('dead_letters').whereNull('resolved_at').exec()),
      figures(count('connections').where('health', 'broken').exec()),
      figures(
        db.from('runs').groupBy('tenant_id').select('tenant_id').max('queued_at as figure').exec()
      ),
    ])

  return tenants.map(({ id, slug, name }) => ({
    slug,
    name,
    services: services!.get(id) ?? 0,
    openLetters: letters!.get(id) ?? 0,
    brokenConnections: broken!.get(id) ?? 0,
    lastRunAt: instantText(lastRuns!.get(id)),
  }))
}
