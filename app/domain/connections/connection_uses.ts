import db from '@adonisjs/lucid/services/db'
import type { ScopeWish } from '#domain/connections/wanted_scopes'
import type { ServiceDefinition, StreamDescription } from '#sdk'

/** A service that reads from a connection or writes to it, and what it needs there. */
export interface ConnectionUse {
  serviceId: string
  name: string
  state: string
  wishes: ScopeWish[]
}

type PointsTo = (stream: string, field: string) => string | undefined

interface Row {
  id: string
  name: string
  state: string
  source_connection_id: string
  target_connection_id: string
  definition: string
}

/** Asked by table: services are built upon connections, which know nothing of their models. */
export async function connectionUses(connectionId: string): Promise<ConnectionUse[]> {
  const rows: Row[] = await db
    .from('services')
    .join('service_revisions', (join) => {
      join
        .on('service_revisions.service_id', 'services.id')
        .andOn('service_revisions.number', 'services.revision')
    })
    .where((query) => {
      query
        .where('services.source_connection_id', connectionId)
        .orWhere('services.target_connection_id', connectionId)
    })
    .orderBy('services.name')
    .select('services.id', 'services.name', 'services.state', 'service_revisions.definition')
    .select('services.source_connection_id', 'services.target_connection_id')
  const pointsTo = await lookupsOf(connectionId)
  return rows.map((row) => ({
    serviceId: row.id,
    name: row.name,
    state: row.state,
    wishes: row.state === 'archived' ? [] : wishesOf(row, connectionId, pointsTo),
  }))
}

/** The streams that the lookup fields of a stream point to, as far as its description is known. */
async function lookupsOf(connectionId: string): Promise<PointsTo> {
  const rows: Array<{ name: string; description: string }> = await db
    .from('stream_descriptions')
    .where('connection_id', connectionId)
    .select('name', 'description')
  const byStream = new Map(
    rows.map(({ name, description }) => {
      const { fields }: StreamDescription = JSON.parse(description)
      return [name, new Map(fields.map((field) => [field.name, field.lookup]))]
    })
  )
  return (stream, field) => byStream.get(stream)?.get(field)
}

/** Without a route of its own the plan may choose a bulk job, so it must be granted. */
function wishesOf(row: Row, connectionId: string, pointsTo: PointsTo): ScopeWish[] {
  const { source, target, trigger, mapping }: ServiceDefinition = JSON.parse(row.definition)
  const bulk = (end: { route?: string; stream: string }): ScopeWish[] =>
    end.route === undefined || end.route.includes('bulk')
      ? [{ use: 'bulk', streams: [end.stream] }]
      : []
  const wishes: ScopeWish[] = []
  if (row.source_connection_id === connectionId) {
    wishes.push({ use: 'read', streams: [source.stream] }, ...bulk(source))
    if (trigger) wishes.push({ use: 'notifications', streams: [source.stream] })
  }
  if (row.target_connection_id === connectionId) {
    const isDelete = target.operation === 'delete'
    if (!isDelete) wishes.push({ use: 'write', streams: [target.stream] }, ...bulk(target))
    const found = mapping.flatMap(({ by, to }) => (by && pointsTo(target.stream, to)) || [])
    if (found.length > 0) wishes.push({ use: 'read', streams: [...new Set(found)] })
    // Found by a look-up, and never written.
    if (isDelete) {
      const streams = [target.stream]
      wishes.push({ use: 'read', streams }, { use: 'delete', streams })
    }
  }
  return wishes
}
