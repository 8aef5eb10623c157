import { ConnectorError, type Context, type StreamDescription, type Value } from '#sdk'
import { escapeId } from 'mysql2'
import { instantOf } from './instant.js'
import { openSession } from './open_session.js'

/**
 * For a time the server's clock, but never beyond the highest value there is: a DATETIME may be
 * kept in a zone behind UTC, where the clock would pass what is yet to be written.
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
    const name = escapeId(field, true)
    const [{ highest, clock }] = await session.rows<Answer>(
      `SELECT MAX(${name}) AS highest, CAST(UTC_TIMESTAMP(6) AS CHAR) AS clock
       FROM ${escapeId(stream.name, true)}`
    )
    if (!isTime) return highest ?? 0
    if (highest === null) return '1970-01-01T00:00:00Z'
    return instantOf(String(highest) < clock ? String(highest) : clock)
  } finally {
    await session.close()
  }
}

interface Answer {
  highest: string | number | null
  clock: string
}
