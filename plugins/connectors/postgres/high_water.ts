import { escapeIdentifier } from 'pg'
import { ConnectorError, type Context, type StreamDescription, type Value } from '#sdk'
import { instantOf } from './instant.js'
import { openSession } from './open_session.js'
import { placeOf } from './place_of.js'

/**
 * For a time the server's clock, but never beyond the highest value there is: a time without a
 * zone may be kept in one behind UTC, where the clock would pass what is yet to be written.
 */
export async function highWater(
  ctx: Context,
  stream: StreamDescription,
  field: string
): Promise<Value> {
  if (!stream.cursors.includes(field)) {
    throw new ConnectorError('config', `${stream.name} cannot be followed by ${field}.`)
  }
  const isTime = stream.fields.find(({ name }) => name === field)?.type === 'datetime'
  const session = await openSession(ctx)
  try {
    const [{ highest, clock }] = await session.rows<{ highest: string | null; clock: string }>(
      `SELECT MAX(${escapeIdentifier(field)}) AS highest,
         clock_timestamp() AT TIME ZONE 'UTC' AS clock FROM ${placeOf(ctx, stream.name)}`
    )
    if (!isTime) return highest === null ? 0 : numberOf(highest)
    if (highest === null) return '1970-01-01T00:00:00Z'
    const [last, now] = [instantOf(highest, 6), instantOf(clock, 6)]
    return last < now ? last : now
  } finally {
    await session.close()
  }
}

function numberOf(text: string): Value {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text
}
