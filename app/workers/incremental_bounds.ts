import { DateTime } from 'luxon'
import { ConnectorError } from '#sdk'
import type { IncrementalBounds, ServiceDefinition, Value } from '#sdk'
import type { End } from '#engine/sync_input'

const DEFAULT_OVERLAP = 300

/**
 * The bounds of an incremental run. The high-water mark is taken before the read; the lower
 * bound looks back by the overlap, for what committed late.
 */
export async function incrementalBounds(
  definition: ServiceDefinition,
  source: End,
  position: Value
): Promise<IncrementalBounds | null> {
  const { incremental } = definition
  if (incremental === undefined) return null
  const { access, ctx, stream } = source
  if (access.highWater === undefined) {
    throw new ConnectorError('config', `${stream.title} cannot be read incrementally`)
  }
  const from = lookBack(position, incremental.overlap ?? DEFAULT_OVERLAP)
  const until = await access.highWater(ctx, stream, incremental.column, from)
  return { field: incremental.column, from, until }
}

/** A time moves back by the overlap; a growing number comes as far back as it must. */
export function lookBack(position: Value, seconds: number): Value {
  if (typeof position !== 'string' || /^-?\d+$/.test(position)) return position
  const time = DateTime.fromISO(position, { setZone: true })
  if (!time.isValid) return position
  return time.minus({ seconds }).toISO({ suppressMilliseconds: true })
}
