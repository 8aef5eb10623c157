import { DateTime } from 'luxon'
import { recordsRead } from '#engine/counters'
import Run from '#domain/runs/run'
import type { ServiceDefinition } from '#sdk'

/** Older numbers tell little of a source. */
const DAYS = 7

/** How many records the service's last whole read yielded; null where that says nothing of this one. */
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
  return last === null ? null : recordsRead(last.counters)
}
