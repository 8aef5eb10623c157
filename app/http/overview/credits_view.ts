import db from '@adonisjs/lucid/services/db'
import type Tenant from '#domain/tenants/tenant'
import { instantText } from '#http/instant_text'

const HOUR = 3_600_000
const HOURS = 24

/** Credits of the rolling 24 hours. */
export type CreditsView = {
  total: number
  hours: Array<{ from: string | null; credits: number }>
  connections: Array<{ name: string; calls: number; credits: number }>
}

interface EntryRow {
  name: string
  hour: unknown
  calls: unknown
  credits: unknown
}

export async function viewCredits(tenant: Tenant, now: number): Promise<CreditsView> {
  const rows: EntryRow[] = await db
    .from('credit_entries')
    .join('connections', 'connections.id', 'credit_entries.connection_id')
    .where('credit_entries.tenant_id', tenant.id)
    .where('credit_entries.spent_at', '>', now - HOURS * HOUR)
    .select('connections.name as name')
    .select(db.raw('credit_entries.spent_at - credit_entries.spent_at % ? as hour', [HOUR]))
    .sum('credit_entries.calls as calls')
    .sum('credit_entries.credits as credits')
    .groupBy('name', 'hour')

  return {
    total: rows.reduce((sum, { credits }) => sum + Number(credits), 0),
    hours: byHour(rows, now),
    connections: byConnection(rows),
  }
}

function byHour(rows: EntryRow[], now: number): CreditsView['hours'] {
  const last = now - (now % HOUR)
  return Array.from({ length: HOURS }, (_, index) => {
    const from = last - (HOURS - 1 - index) * HOUR
    const within = rows.filter(({ hour }) => Number(hour) === from)
    const credits = within.reduce((sum, row) => sum + Number(row.credits), 0)
    return { from: instantText(from), credits }
  })
}

function byConnection(rows: EntryRow[]): CreditsView['connections'] {
  return Object.entries(Object.groupBy(rows, ({ name }) => name))
    .map(([name, entries = []]) => ({
      name,
      calls: entries.reduce((sum, { calls }) => sum + Number(calls), 0),
      credits: entries.reduce((sum, { credits }) => sum + Number(credits), 0),
    }))
    .sort((a, b) => b.credits - a.credits)
}
