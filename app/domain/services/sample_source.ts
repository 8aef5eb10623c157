import type Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { describeStream } from '#domain/connections/stream_catalog'
import { inquire } from '#domain/runners'
import type { RecordValues } from '#sdk'

const RECORDS = 100
const FRESH_FOR = 5 * 60_000
const MOST_KEPT = 30

interface Sample {
  records: RecordValues[]
  at: number
}

/** In memory only: records of a source are nothing that a draft keeps. */
const kept = new Map<string, Sample>()

/** Some records of a stream. Asked again within a few minutes, they cost no further call. */
export async function sampleSource(
  connection: Connection,
  stream: string,
  { refresh = false } = {}
): Promise<RecordValues[]> {
  const key = `${connection.id} ${connection.updatedAt.toMillis()} ${stream}`
  const found = kept.get(key)
  if (found !== undefined && !refresh && Date.now() - found.at < FRESH_FOR) return found.records
  const description = await describeStream(connection, stream)
  const records = await inquire<'sample'>({
    ask: 'sample',
    connection: await grantConnection(connection),
    grounds: await groundsOf(connection.tenantId),
    stream: description,
    count: RECORDS,
  })
  kept.delete(key)
  kept.set(key, { records, at: Date.now() })
  const oldest = kept.keys().next()
  if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value)
  return records
}
