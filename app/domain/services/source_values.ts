import type Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { describeStream } from '#domain/connections/stream_catalog'
import { Refusal } from '#domain/refusal'
import { inquire } from '#domain/runners'
import type { FoundValues } from '#workers/builder_queries'

const MOST_RECORDS = 100_000
const MILLISECONDS = 30_000

/** The values that a source field holds, the most frequent first. Asked for by a click: it reads the source. */
export async function sourceValues(
  connection: Connection,
  stream: string,
  field: string
): Promise<FoundValues> {
  const description = await describeStream(connection, stream)
  if (!description.fields.some(({ name }) => name === field)) {
    throw new Refusal(`${description.title} has no field ${field} any more. Look again.`)
  }
  return inquire<'values'>({
    ask: 'values',
    connection: await grantConnection(connection),
    grounds: await groundsOf(connection.tenantId),
    ...{ stream: description, field, most: MOST_RECORDS, within: MILLISECONDS },
  })
}
