import db from '@adonisjs/lucid/services/db'
import type { Follower } from '#domain/deliveries/followers'
import type PendingChange from '#domain/deliveries/pending_change'
import { serviceNumber } from '#domain/runs/service_number'
import type { ServiceDefinition } from '#sdk'

/** What Zoho tells of a write comes within seconds; more is given for a server that was down. */
export const ECHO_WINDOW = 60_000
const AT_ONCE = 500

/**
 * The changes that we made ourselves on the way back: written by a service that brings records
 * from where this one would send them. What another service wrote into the stream from
 * elsewhere is news, and goes on.
 *
 * A change is taken for our own when the service settled the record within a minute of it, and
 * it was told of once: what a person, or a rule of the vendor's, changes in the same minute is
 * told of beside our own, and then the record is read again.
 */
export async function findEchoes(
  follower: Follower,
  changes: PendingChange[]
): Promise<Set<string>> {
  const echoes = new Set<string>()
  for (const serviceId of await mirrorsOf(follower)) {
    const number = await serviceNumber(serviceId)
    for (let from = 0; from < changes.length; from += AT_ONCE) {
      const part = changes.slice(from, from + AT_ONCE)
      const written = await writtenAt(number, part)
      for (const { id, sourceKey, lastSeenAt, times } of part) {
        if (times > 1) continue
        const at = written.get(sourceKey)
        if (at !== undefined && Math.abs(lastSeenAt.toMillis() - at) <= ECHO_WINDOW) echoes.add(id)
      }
    }
  }
  return echoes
}

async function writtenAt(number: number, changes: PendingChange[]): Promise<Map<string, number>> {
  const rows = await db
    .from('record_links')
    .where('service_number', number)
    .where('state', 'sent')
    .where(
      'settled_at',
      '>=',
      Math.min(...changes.map((each) => each.lastSeenAt.toMillis())) - ECHO_WINDOW
    )
    .whereIn(
      'target_id',
      changes.map(({ sourceKey }) => sourceKey)
    )
    .select('target_id', 'settled_at')
  return new Map(rows.map((row) => [String(row.target_id), Number(row.settled_at)]))
}

/** Services that write into the followed stream what they read from where the follower writes. */
async function mirrorsOf({ serviceId, connectionId, stream }: Follower): Promise<string[]> {
  const ends = await db
    .from('services')
    .join('service_revisions', (join) => {
      join
        .on('service_revisions.service_id', 'services.id')
        .andOn('service_revisions.number', 'services.revision')
    })
    .where('services.target_connection_id', connectionId)
    .orWhere('services.id', serviceId)
    .select('services.id', 'services.source_connection_id', 'services.target_connection_id')
    .select('service_revisions.definition')
  const all = ends.map((row) => {
    const { source, target }: ServiceDefinition = JSON.parse(row.definition)
    return {
      id: String(row.id),
      source: `${row.source_connection_id} ${source.stream}`,
      target: `${row.target_connection_id} ${target.stream}`,
    }
  })
  const goal = all.find(({ id }) => id === serviceId)?.target
  return all
    .filter((each) => each.target === `${connectionId} ${stream}` && each.source === goal)
    .map(({ id }) => id)
}
