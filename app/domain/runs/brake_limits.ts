import db from '@adonisjs/lucid/services/db'
import type Run from '#domain/runs/run'
import { serviceNumber } from '#domain/runs/service_number'
import type { BrakeLimits } from '#engine/brake'
import type { BrakeLimit, ServiceDefinition } from '#sdk'

/** Records read before the first is sent. */
const PEEK = 20_000

/** Of a service that deletes and says nothing of its changes. */
const DELETE_BRAKE: BrakeLimit = { percent: 10, records: 100 }

/** What a run may change or reject before it asks; null where nothing holds it, or a person sends records again. */
export async function brakeLimits(
  run: Run,
  { brakes, target }: ServiceDefinition
): Promise<BrakeLimits | null> {
  if (run.isReleased || run.trigger === 'replay') return null
  const ofChanges = brakes?.changes ?? (target.operation === 'delete' ? DELETE_BRAKE : undefined)
  const needsBase = ofChanges?.percent ?? brakes?.rejects?.percent
  const base = needsBase === undefined ? 0 : await recordsKnown(run.serviceId)
  const changes = limitOf(ofChanges, base)
  const rejects = limitOf(brakes?.rejects, base)
  return changes === null && rejects === null ? null : { changes, rejects, peek: PEEK }
}

/** Of no records no part can be taken: a first run is held by `records` alone. */
export function limitOf({ percent, records }: BrakeLimit = {}, base: number): number | null {
  const part = percent === undefined || base === 0 ? Infinity : Math.floor((base * percent) / 100)
  const limit = Math.min(part, records ?? Infinity)
  return limit === Infinity ? null : limit
}

async function recordsKnown(serviceId: string): Promise<number> {
  const [{ known }] = await db
    .from('record_links')
    .where('service_number', await serviceNumber(serviceId))
    .where('state', 'sent')
    .count('* as known')
  return Number(known)
}
