import db from '@adonisjs/lucid/services/db'
import type { ScopeWish } from '#domain/connections/wanted_scopes'
import type { ServiceDefinition } from '#sdk'

/** A service that reads from a connection or writes to it, and what it needs there. */
export interface ConnectionUse {
  serviceId: string
  name: string
  state: string
  wishes: ScopeWish[]
}

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
  return rows.map((row) => ({
    serviceId: row.id,
    name: row.name,
    state: row.state,
    wishes: row.state === 'archived' ? [] : wishesOf(row, connectionId),
  }))
}

/** Without a route of its own the plan may choose a bulk job, so it must be granted. */
function wishesOf(row: Row, connectionId: string): ScopeWish[] {
  const { source, target }: ServiceDefinition = JSON.parse(row.definition)
  const bulk = (end: { route?: string; stream: string }): ScopeWish[] =>
    end.route === undefined || end.route.includes('bulk')
      ? [{ use: 'bulk', streams: [end.stream] }]
      : []
  const wishes: ScopeWish[] = []
  if (row.source_connection_id === connectionId) {
    wishes.push({ use: 'read', streams: [source.stream] }, ...bulk(source))
    if (source.live) wishes.push({ use: 'notifications', streams: [source.stream] })
  }
  if (row.target_connection_id === connectionId) {
    wishes.push({ use: 'write', streams: [target.stream] }, ...bulk(target))
    if (String(target.operation) === 'delete') {
      wishes.push({ use: 'delete', streams: [target.stream] })
    }
  }
  return wishes
}
