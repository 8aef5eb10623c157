import db from '@adonisjs/lucid/services/db'
import { recordLinks } from '#domain/runs/record_links'
import DeadLetter from '#domain/runs/dead_letter'

const MOST = 500

/** The runs that a record is known to have been part of: those that failed on it, mended it, or settled it last. */
export async function runsOfRecord(tenantId: string, text: string): Promise<string[]> {
  const links = await recordLinks(tenantId, text)
  const keys = [...new Set([text, ...links.map(({ sourceKey }) => sourceKey)])]
  const letters = await DeadLetter.query()
    .where('tenantId', tenantId)
    .whereIn('sourceKey', keys)
    .select('runId', 'resolvedBy')
    .orderBy('id', 'desc')
    .limit(MOST)
  const settled = await Promise.all(links.map((link) => runAt(link.serviceId, link.settledAt)))
  const ids = [...letters.flatMap(({ runId, resolvedBy }) => [runId, resolvedBy]), ...settled]
  return [...new Set(ids.filter((id) => id !== null))]
}

/** A service has one run at a time, so a moment tells which. */
export async function runAt(serviceId: string, at: number): Promise<string | null> {
  const run = await db
    .from('runs')
    .where('service_id', serviceId)
    .where('queued_at', '<=', at)
    .where('started_at', '<=', at)
    .where((query) => query.whereNull('finished_at').orWhere('finished_at', '>=', at))
    .orderBy('queued_at', 'desc')
    .select('id')
    .first()
  return run?.id ?? null
}
