import crossdock from '#config/crossdock'
import type Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { describeStream } from '#domain/connections/stream_catalog'
import { inquire } from '#domain/runners'
import type { ChangeKind, StreamDescription } from '#sdk'
import { loadConnector } from '#workers/load_plugin'
import type { Ways } from '#workers/builder_queries'

export interface DraftStream extends Ways {
  description: StreamDescription
  /** What the connector tells of by itself; nothing where it has no webhooks, or the stream no times. */
  changes: ChangeKind[]
}

/** A stream with all that a service may choose of it. */
export async function draftStream(
  connection: Connection,
  name: string,
  { refresh = false } = {}
): Promise<DraftStream> {
  const description = await describeStream(connection, name, { refresh })
  const ways = await inquire<'ways'>({
    ask: 'ways',
    connection: await grantConnection(connection),
    grounds: await groundsOf(connection.tenantId),
    stream: description,
  })
  const { connector } = await loadConnector(crossdock.pluginsRoot, connection.connector)
  const changes = description.cursors.length > 0 ? (connector.webhooks?.changes ?? []) : []
  return { ...ways, description, changes }
}
