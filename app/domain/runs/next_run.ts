import db from '@adonisjs/lucid/services/db'
import { claimRun } from '#domain/runs/lease'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import type { Lease } from '#workers/messages'

const LOOK_AT = 100

/** Claims the run that is due next: of the tenant with the fewest runs under way, the one that waits longest. */
export async function claimNext(
  wanted: (run: Run) => boolean
): Promise<{ run: Run; lease: Lease } | null> {
  const waiting = await Run.query().where('state', 'queued').orderBy('queuedAt').limit(LOOK_AT)
  if (waiting.length === 0) return null
  const active = await activeByTenant()
  const load = ({ tenantId }: Run) => active.get(tenantId) ?? 0
  const inTurn = waiting.filter(wanted).sort((a, b) => load(a) - load(b))
  for (const run of inTurn) {
    const lease = await claimRun(run)
    if (lease !== null) return { lease, run: await run.refresh() }
  }
  return null
}

async function activeByTenant(): Promise<Map<string, number>> {
  const rows = await db
    .from('runs')
    .whereIn('state', [...ACTIVE_STATES])
    .groupBy('tenant_id')
    .select('tenant_id')
    .count('* as active')
  return new Map(rows.map((row) => [row.tenant_id, Number(row.active)]))
}
