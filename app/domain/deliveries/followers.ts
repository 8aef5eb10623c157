import db from '@adonisjs/lucid/services/db'
import type { ChangeKind, ChangeTrigger, ServiceDefinition } from '#sdk'
import type { ServiceState } from '#domain/services/service'

const MINUTE = 60_000
const AFTER = 10
const AT_RECORDS = 100
const ALL: ChangeKind[] = ['created', 'updated', 'deleted']

/** A service that runs for the changes of a stream. */
export interface Follower {
  serviceId: string
  tenantId: string
  name: string
  state: ServiceState
  connectionId: string
  stream: string
  changes: ChangeKind[]
  fields: string[]
  /** Milliseconds. */
  after: number
  atRecords: number
}

interface Row {
  id: string
  tenant_id: string
  name: string
  state: ServiceState
  source_connection_id: string
  definition: string
}

/** Services with a trigger at their current revision; archived ones follow nothing. */
export async function allFollowers(connectionId?: string): Promise<Follower[]> {
  const rows: Row[] = await db
    .from('services')
    .join('service_revisions', (join) => {
      join
        .on('service_revisions.service_id', 'services.id')
        .andOn('service_revisions.number', 'services.revision')
    })
    .whereNot('services.state', 'archived')
    .where('service_revisions.definition', 'like', '%"trigger"%')
    .if(connectionId, (query) => query.where('services.source_connection_id', connectionId!))
    .orderBy('services.id')
    .select('services.id', 'services.tenant_id', 'services.name', 'services.state')
    .select('services.source_connection_id', 'service_revisions.definition')
  return rows.flatMap((row) => followerOf(row) ?? [])
}

/** The services that follow what a channel tells of. */
export async function followersOf(channel: {
  connectionId: string
  stream: string
}): Promise<Follower[]> {
  const followers = await allFollowers(channel.connectionId)
  return followers.filter(({ stream }) => stream === channel.stream)
}

function followerOf(row: Row): Follower | null {
  const { source, trigger }: ServiceDefinition = JSON.parse(row.definition)
  if (trigger === undefined) return null
  return {
    serviceId: row.id,
    tenantId: row.tenant_id,
    name: row.name,
    state: row.state,
    connectionId: row.source_connection_id,
    stream: source.stream,
    ...wishOf(trigger),
  }
}

function wishOf({ changes = ALL, fields = [], after = AFTER, atRecords }: ChangeTrigger) {
  return { changes, fields, after: after * MINUTE, atRecords: atRecords ?? AT_RECORDS }
}
