import { DateTime } from 'luxon'
import { recordsRead } from '#engine/counters'
import { lastPreview } from '#domain/runs/last_preview'
import Run from '#domain/runs/run'
import type { ServiceDefinition } from '#sdk'

/** Older numbers tell little of a source. */
const DAYS = 7

/** How many records the service's last whole read or preview came across; null where that says nothing of this one. */
export async function likelyRecords(
  run: Run,
  { incremental }: ServiceDefinition
): Promise<number | null> {
  if (incremental !== undefined || run.onlyKeys !== null) return null
  const last = await Run.query()
    .where('serviceId', run.serviceId)
    .where('revision', run.revision)
    .whereIn('state', ['succeeded', 'partial'])
    .whereNull('onlyKeys')
    .whereNull('previewId')
    .where('finishedAt', '>', DateTime.utc().minus({ days: DAYS }).toMillis())
    .orderBy('finishedAt', 'desc')
    .first()
  const preview = await lastPreview(run.serviceId, run.revision)
  if (preview !== null) return Object.values(preview.counts).reduce((sum, count) => sum + count, 0)
  return last === null ? null : recordsRead(last.counters)
}
