import db from '@adonisjs/lucid/services/db'
import { claimRun } from '#domain/runs/lease'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import type { Lease } from '#workers/messages'

const LOOK_AT = 20

interface Turn {
  tenantId: string
  /** Runs under way. */
  load: number
  /** When the oldest of its waiting runs was queued. */
  since: number
}

/** Claims the run that is due next: of the tenant with the fewest runs under way, the one that waits longest. */
export async function claimNext(
  wanted: (run: Run) => boolean
): Promise<{ run: Run; lease: Lease } | null> {
  const busy = await busyServices()
  for (const { tenantId } of await tenantsInTurn(busy)) {
    const waiting = await Run.query()
      .where('tenantId', tenantId)
      .where('state', 'queued')
      .whereNotIn('serviceId', busy)
      .orderBy('queuedAt')
      .limit(LOOK_AT)
    for (const run of waiting.filter(wanted)) {
      const lease = await claimRun(run)
      if (lease !== null) return { lease, run: await run.refresh() }
    }
  }
  return null
}

/** Services with a run under way: a second one waits, and is not looked at. */
async function busyServices(): Promise<string[]> {
  const rows = await db.from('runs').whereNotNull('active_key').select('active_key')
  return rows.map((row) => row.active_key)
}

async function tenantsInTurn(busy: string[]): Promise<Turn[]> {
  const waiting = await db
    .from('runs')
    .where('state', 'queued')
    .whereNotIn('service_id', busy)
    .groupBy('tenant_id')
    .select('tenant_id')
    .min('queued_at as since')
  const loads = await loadByTenant()
  return waiting
    .map(({ tenant_id: tenantId, since }) => ({
      tenantId,
      since: Number(since),
      load: loads.get(tenantId) ?? 0,
    }))
    .sort((a, b) => a.load - b.load || a.since - b.since)
}

async function loadByTenant(): Promise<Map<string, number>> {
  const rows = await db
    .from('runs')
    .whereIn('state', [...ACTIVE_STATES])
    .groupBy('tenant_id')
    .select('tenant_id')
    .count('* as active')
  return new Map(rows.map((row) => [row.tenant_id, Number(row.active)]))
}
