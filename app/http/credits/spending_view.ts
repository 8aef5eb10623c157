import db from '@adonisjs/lucid/services/db'
import type Tenant from '#domain/tenants/tenant'
import { instantText } from '#http/instant_text'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const DAYS = 30

export type SpentBar = { from: string | null; credits: number }
export type ShareRow = { id: string; name: string; day: number; month: number; calls: number }

/** What the tenant spent: by hour and by day, and who spent it. */
export type SpendingView = {
  hours: SpentBar[]
  days: SpentBar[]
  services: ShareRow[]
  connections: ShareRow[]
}

export async function viewSpending(tenant: Tenant, now: number): Promise<SpendingView> {
  const [hours, days, services, connections] = await Promise.all([
    bars(tenant, HOUR, 24, now),
    bars(tenant, DAY, DAYS, now),
    byService(tenant, now),
    byConnection(tenant, now),
  ])
  return { hours, days, services, connections }
}

function entriesOf(tenant: Tenant, since: number) {
  return db
    .from('credit_entries')
    .whereIn('credit_entries.connection_id', (query) =>
      query.from('connections').select('id').where('tenant_id', tenant.id)
    )
    .where('credit_entries.spent_at', '>', since)
}

async function bars(tenant: Tenant, width: number, count: number, now: number) {
  const last = now - (now % width)
  const first = last - (count - 1) * width
  const rows: Array<{ bar: unknown; credits: unknown }> = await entriesOf(tenant, first - 1)
    .select(db.raw('spent_at - spent_at % ? as bar', [width]))
    .sum('credits as credits')
    .groupBy('bar')
  const byBar = new Map(rows.map(({ bar, credits }) => [Number(bar), Number(credits)]))
  return Array.from({ length: count }, (_, index) => {
    const from = first + index * width
    return { from: instantText(from), credits: byBar.get(from) ?? 0 }
  })
}

interface SumRow {
  sharer: string | null
  title: string | null
  isRecent: unknown
  credits: unknown
  calls: unknown
}

function sums(tenant: Tenant, now: number) {
  return entriesOf(tenant, now - DAYS * DAY)
    .select(db.raw('credit_entries.spent_at > ? as isRecent', [now - DAY]))
    .sum('credit_entries.credits as credits')
    .sum('credit_entries.calls as calls')
    .groupBy('sharer', 'title', 'isRecent')
}

async function byService(tenant: Tenant, now: number): Promise<ShareRow[]> {
  const rows: SumRow[] = await sums(tenant, now)
    .leftJoin('runs', 'runs.id', 'credit_entries.run_id')
    .leftJoin('services', 'services.id', 'runs.service_id')
    .select('services.id as sharer', 'services.name as title')
  return shares(rows, 'Tests, previews and lookups')
}

async function byConnection(tenant: Tenant, now: number): Promise<ShareRow[]> {
  const rows: SumRow[] = await sums(tenant, now)
    .join('connections', 'connections.id', 'credit_entries.connection_id')
    .select('connections.id as sharer', 'connections.name as title')
  return shares(rows, '')
}

function shares(rows: SumRow[], nameless: string): ShareRow[] {
  const found = new Map<string, ShareRow>()
  for (const { sharer, title, isRecent, credits, calls } of rows) {
    const id = sharer ?? ''
    const share = found.get(id) ?? { id, name: title ?? nameless, day: 0, month: 0, calls: 0 }
    share.month += Number(credits)
    share.calls += Number(calls)
    if (Number(isRecent) === 1) share.day += Number(credits)
    found.set(id, share)
  }
  return [...found.values()].sort((a, b) => b.day - a.day || b.month - a.month)
}
