import Revision from '#domain/services/revision'
import Service from '#domain/services/service'
import type Selection from '#domain/selections/selection'

/**
 * The services that whoever holds the link may run: exports of the tenant that read the stream
 * the records were selected in, by the connection of that org.
 */
export async function selectableServices(selection: Selection): Promise<Service[]> {
  const exports = await Service.query()
    .where('tenantId', selection.tenantId)
    .where('sourceConnectionId', selection.connectionId)
    .where('kind', 'export')
    .whereNot('state', 'archived')
    .preload('target')
    .orderBy('name')
  const streams = await streamsOf(exports)
  return exports.filter(({ id }) => streams.get(id) === selection.module)
}

async function streamsOf(services: Service[]): Promise<Map<string, string>> {
  const revisions = await Revision.query().whereIn(
    'serviceId',
    services.map(({ id }) => id)
  )
  const current = new Map(services.map(({ id, revision }) => [id, revision]))
  return new Map(
    revisions
      .filter(({ serviceId, number }) => current.get(serviceId) === number)
      .map(({ serviceId, definition }) => [serviceId, definition.source.stream])
  )
}
