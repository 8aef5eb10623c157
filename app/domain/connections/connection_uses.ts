import db from '@adonisjs/lucid/services/db'
import type { ScopeWish } from '#domain/connections/wanted_scopes'
import type { Field, ServiceDefinition, StreamDescription } from '#sdk'

/** A service that reads from a connection or writes to it, and what it needs there. */
export interface ConnectionUse {
  serviceId: string
  name: string
  state: string
  wishes: ScopeWish[]
}

interface Known {
  fields: Map<string, Field>
  /** Whose scopes it takes to read it. */
  streams: string[]
}

type KnownOf = (stream: string) => Known

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
  const knownOf = await describedStreams(connectionId)
  return rows.map((row) => ({
    serviceId: row.id,
    name: row.name,
    state: row.state,
    wishes: row.state === 'archived' ? [] : wishesOf(row, connectionId, knownOf),
  }))
}

/** The connection's streams, as far as these were described. */
async function describedStreams(connectionId: string): Promise<KnownOf> {
  const rows: Array<{ name: string; description: string }> = await db
    .from('stream_descriptions')
    .where('connection_id', connectionId)
    .select('name', 'description')
  const byStream = new Map(
    rows.map(({ name, description }) => {
      const { fields, within }: StreamDescription = JSON.parse(description)
      const known = { fields: new Map(fields.map((field) => [field.name, field])) }
      return [name, { ...known, streams: [...new Set(within ?? [name])] }]
    })
  )
  return (stream) => byStream.get(stream) ?? { fields: new Map(), streams: [stream] }
}

/** The streams behind whose records a service reads fields, as `Account_Name.Phone`. */
function joinedStreams(text: string, fields: Map<string, Field>): string[] {
  const joined = [...fields.keys()].filter((name) => name.includes('.') && text.includes(name))
  const streams = joined.flatMap((name) => fields.get(name.split('.', 1)[0])?.lookup ?? [])
  return [...new Set(streams)].filter((stream) => stream !== 'users')
}

/** Without a route of its own the plan may choose a bulk job, so it must be granted. */
function wishesOf(row: Row, connectionId: string, knownOf: KnownOf): ScopeWish[] {
  const { source, target, trigger, mapping }: ServiceDefinition = JSON.parse(row.definition)
  const bulk = (end: { route?: string; stream: string }): ScopeWish[] =>
    end.route === undefined || end.route.includes('bulk')
      ? [{ use: 'bulk', streams: [end.stream] }]
      : []
  const wishes: ScopeWish[] = []
  if (row.source_connection_id === connectionId) {
    const { fields, streams } = knownOf(source.stream)
    wishes.push({ use: 'read', streams }, ...(streams.length > 1 ? [] : bulk(source)))
    if (trigger) wishes.push({ use: 'notifications', streams: [source.stream] })
    const joined = joinedStreams(row.definition, fields)
    if (joined.length > 0) wishes.push({ use: 'read', streams: joined })
  }
  if (row.target_connection_id === connectionId) {
    const isDelete = target.operation === 'delete'
    if (!isDelete) wishes.push({ use: 'write', streams: [target.stream] }, ...bulk(target))
    const { fields } = knownOf(target.stream)
    const found = mapping.flatMap(({ by, to }) => (by && fields.get(to)?.lookup) || [])
    if (mapping.some(({ to }) => fields.get(to)?.files)) {
      wishes.push({ use: 'files', streams: [target.stream] })
    }
    if (found.length > 0) wishes.push({ use: 'read', streams: [...new Set(found)] })
    // Found by a look-up, and never written.
    if (isDelete) {
      const streams = [target.stream]
      wishes.push({ use: 'read', streams }, { use: 'delete', streams })
    }
  }
  return wishes
}
