import db from '@adonisjs/lucid/services/db'
import type Service from '#domain/services/service'
import type { IncrementalBounds, ServiceDefinition, Value } from '#sdk'

const OVERLAP = 300
const SECOND = 1000

interface PastRun {
  bounds: string
  started_at: number | string
}

/**
 * How far a service has read for certain. A number that grows is given to a row before anybody
 * can see the row: only a run that ended some time before the last one began tells up to which
 * number all were there since. Null where none tells, and all is read once more.
 */
export async function reachedPlace(
  { id, position }: Service,
  { incremental }: ServiceDefinition
): Promise<Value> {
  const { column, overlap = OVERLAP } = incremental ?? {}
  if (!isNumber(position) || overlap === 0) return position
  const last = await latestRun(id, null)
  if (last === null) return null
  const before = await latestRun(id, Number(last.started_at) - overlap * SECOND)
  if (before === null) return null
  const { field, until }: IncrementalBounds = JSON.parse(before.bounds)
  if (field !== column || !isNumber(until)) return null
  return BigInt(until) < BigInt(position) ? until : position
}

function isNumber(value: Value): value is number | string {
  return Number.isInteger(value) || (typeof value === 'string' && /^-?\d+$/.test(value))
}

/** The last run that followed its source to the end, of those that had ended by then. */
function latestRun(serviceId: string, endedBy: number | null): Promise<PastRun | null> {
  const query = db
    .from('runs')
    .where('service_id', serviceId)
    .whereIn('state', ['succeeded', 'partial'])
    .whereNotNull('bounds')
    .whereNot('bounds', 'null')
    .orderBy('queued_at', 'desc')
    .select('bounds', 'started_at')
  if (endedBy !== null) query.where('finished_at', '<=', endedBy)
  return query.first()
}
