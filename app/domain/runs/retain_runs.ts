import db from '@adonisjs/lucid/services/db'
import { weighRequestsOf } from '#domain/runs/retain_requests'
import type { Portion } from '#domain/runs/retain_requests'
import { FINAL_STATES } from '#domain/runs/run'

const BYTES_PER_RUN = 600
const BYTES_PER_BATCH = 250

export interface OldRuns {
  tenantId: string
  /** Milliseconds since the epoch; null takes the oldest whatever their age. */
  before: number | null
  states: readonly string[]
  limit: number
}

/**
 * Deletes the oldest runs that are over, with their calls. Kept in any case: a run whose
 * failed records are kept, one with an open job, and the latest of each service, which later ones
 * are compared with.
 */
export async function pruneRuns({ tenantId, before, states, limit }: OldRuns): Promise<Portion> {
  const query = db
    .from('runs as r')
    .where('r.tenant_id', tenantId)
    .whereIn('r.state', [...states])
    .whereNotExists((letters) => {
      letters.from('dead_letters as d').whereColumn('d.run_id', 'r.id')
    })
    .whereNotExists((jobs) => {
      jobs.from('run_batches as b').whereColumn('b.run_id', 'r.id').where('b.state', 'open')
    })
    .whereExists((later) => {
      later
        .from('runs as n')
        .whereColumn('n.service_id', 'r.service_id')
        .whereIn('n.state', [...FINAL_STATES])
        .whereColumn('n.queued_at', '>', 'r.queued_at')
    })
    .orderBy('r.queued_at')
    .limit(limit)
  if (before !== null) query.where('r.queued_at', '<', before).where('r.finished_at', '<', before)
  const runs: Array<{ id: string; bytes: unknown }> = await query.select(
    'r.id as id',
    db.raw('coalesce(length(r.only_keys), 0) + coalesce(length(r.cursor), 0) as bytes')
  )
  if (runs.length === 0) return { rows: 0, bytes: 0 }
  const ids = runs.map(({ id }) => id)
  const batches = await db.from('run_batches').whereIn('run_id', ids).count('* as figure').first()
  const calls = await weighRequestsOf(ids)
  await db.from('runs').whereIn('id', ids).delete()
  const own = runs.reduce((sum, { bytes }) => sum + Number(bytes) + BYTES_PER_RUN, 0)
  const sent = Number(batches?.figure ?? 0) * BYTES_PER_BATCH
  return { rows: ids.length, bytes: own + sent + calls }
}

/** Roughly, what a tenant's runs take. */
export async function weighRuns(tenantId: string): Promise<number> {
  const runs = await db
    .from('runs')
    .where('tenant_id', tenantId)
    .select(
      db.raw('sum(coalesce(length(runs.only_keys), 0) + coalesce(length(runs.cursor), 0)) as bytes')
    )
    .count('* as figure')
    .first()
  const batches = await db
    .from('run_batches')
    .join('runs', 'runs.id', 'run_batches.run_id')
    .where('runs.tenant_id', tenantId)
    .select(db.raw('sum(coalesce(length(manifest), 0)) as bytes'))
    .count('* as figure')
    .first()
  const weigh = (row: typeof runs, each: number) =>
    Number(row?.bytes ?? 0) + Number(row?.figure ?? 0) * each
  return weigh(runs, BYTES_PER_RUN) + weigh(batches, BYTES_PER_BATCH)
}
