import Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'

/** What every question about a connection begins with. */
export async function connectionInquiry(connectionId: string) {
  const connection = await Connection.findOrFail(connectionId)
  return {
    connection: await grantConnection(connection),
    grounds: await groundsOf(connection.tenantId),
  }
}
