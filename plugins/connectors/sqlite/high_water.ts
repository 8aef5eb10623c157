import { ConnectorError, type Context, type StreamDescription, type Value } from '#sdk'
import { quoteName, withDatabase } from './open_database.js'
import { timeExpression } from './page_statement.js'

/** The clock for times, but never beyond the highest there is; the highest for integers. */
export function highWater(ctx: Context, stream: StreamDescription, field: string): Promise<Value> {
  if (!stream.cursors.includes(field)) {
    throw new ConnectorError('config', `${stream.name} cannot be followed by ${field}.`)
  }
  const isTime = stream.fields.find(({ name }) => name === field)?.type === 'datetime'
  const name = quoteName(field)
  return withDatabase(ctx, (db) => {
    const highest = db
      .prepare<[], bigint | string | null>(
        `SELECT MAX(${isTime ? timeExpression(name) : name}) FROM ${quoteName(stream.name)}`
      )
      .pluck()
      .get()
    if (!isTime) return Number.isSafeInteger(Number(highest)) ? Number(highest) : String(highest)
    if (highest === null || highest === undefined) return '1970-01-01T00:00:00Z'
    const clock = new Date().toISOString()
    const latest = `${String(highest).replace(' ', 'T')}Z`
    return latest < clock ? latest : clock
  })
}
