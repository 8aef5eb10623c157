import crossdock from '#config/crossdock'
import AuditEvent from '#domain/audit/audit_event'
import type Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { knowStream } from '#domain/connections/stream_catalog'
import { inquire } from '#domain/runners'
import type { NewStream, StreamDescription } from '#sdk'
import { loadConnector } from '#workers/load_plugin'

/** Makes a stream at the vendor, such as a table. Nothing else ever does: only a person asks for one. */
export async function createStream(
  connection: Connection,
  stream: NewStream,
  { userId }: { userId: string | null }
): Promise<StreamDescription> {
  const description = await inquire<'create'>({
    ask: 'create',
    stream,
    connection: await grantConnection(connection),
    grounds: await groundsOf(connection.tenantId),
  })
  await AuditEvent.record({
    tenantId: connection.tenantId,
    userId,
    action: 'stream.created',
    subject: connection.id,
    detail: {
      connection: connection.name,
      stream: description.name,
      fields: stream.fields.map(({ name }) => name),
    },
  })
  await knowStream(connection, stream.name, description)
  return description
}

export async function makesStreams({ connector: name }: Connection): Promise<boolean> {
  const { connector } = await loadConnector(crossdock.pluginsRoot, name)
  return connector.discover?.create !== undefined
}
