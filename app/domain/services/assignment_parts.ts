import Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { describeStream } from '#domain/connections/stream_catalog'
import { reachedPlace } from '#domain/services/reached_place'
import Revision from '#domain/services/revision'
import type Service from '#domain/services/service'
import type { EndGrant } from '#workers/messages'

/** What a runner needs to know of a service, at one of its revisions. */
export async function assignmentParts(service: Service, revisionNumber: number) {
  const { definition } = await Revision.query()
    .where('serviceId', service.id)
    .where('number', revisionNumber)
    .firstOrFail()
  return {
    definition,
    grounds: await groundsOf(service.tenantId),
    position: await reachedPlace(service, definition),
    source: await grantEnd(service.sourceConnectionId, definition.source.stream),
    target: await grantEnd(service.targetConnectionId, definition.target.stream),
  }
}

async function grantEnd(connectionId: string, stream: string): Promise<EndGrant> {
  const connection = await Connection.findOrFail(connectionId)
  return {
    stream: await describeStream(connection, stream),
    connection: await grantConnection(await Connection.findOrFail(connectionId)),
  }
}
