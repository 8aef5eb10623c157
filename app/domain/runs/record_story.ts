import DeadLetter from '#domain/runs/dead_letter'
import { recordLinks } from '#domain/runs/record_links'
import type { RecordLink } from '#domain/runs/record_links'
import Run from '#domain/runs/run'
import { runAt } from '#domain/runs/runs_of_record'

const MOST = 100

/** Everything that is known of a source record, in all services of a tenant. */
export interface RecordStory {
  links: Array<RecordLink & { runId: string | null }>
  /** Latest first. */
  letters: DeadLetter[]
  /** Those runs of the letters that are still kept. */
  known: Set<string>
}

async function knownRuns(letters: DeadLetter[]): Promise<Set<string>> {
  const ids = letters.flatMap(({ runId, resolvedBy }) => [runId, resolvedBy ?? runId])
  const runs = await Run.query()
    .whereIn('id', [...new Set(ids)])
    .select('id')
  return new Set(runs.map(({ id }) => id))
}

export async function tellRecord(tenantId: string, text: string): Promise<RecordStory> {
  const links = await recordLinks(tenantId, text)
  const keys = [...new Set([text, ...links.map(({ sourceKey }) => sourceKey)])]
  const letters = await DeadLetter.query()
    .where('tenantId', tenantId)
    .whereIn('sourceKey', keys)
    .orderBy('id', 'desc')
    .limit(MOST)
  const settled = links.map(async (link) => ({
    ...link,
    runId: await runAt(link.serviceId, link.settledAt),
  }))
  return { links: await Promise.all(settled), letters, known: await knownRuns(letters) }
}
