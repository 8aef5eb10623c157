import { checkConnection } from '#domain/connections/check_connection'
import Connection from '#domain/connections/connection'
import { hasRunners } from '#domain/runners'
import type Run from '#domain/runs/run'

/** Each asks a vendor, and who tells of alerts waits for it. */
const MOST = 4

/**
 * Tries the connections that runs throw a new light on: one that was sound when a vendor refused
 * to let a run in, and one that was broken when a run went through. Nobody else may look for days.
 */
export async function doubtConnections(ended: Run[]): Promise<void> {
  if (!hasRunners()) return
  const refused = endsOf(ended.filter(({ errorKind }) => errorKind === 'auth'))
  const through = endsOf(ended.filter(({ state }) => state === 'succeeded' || state === 'partial'))
  const doubtful = await Connection.query()
    .where((query) => query.whereIn('id', refused).whereNot('health', 'broken'))
    .orWhere((query) => query.whereIn('id', through).where('health', 'broken'))
    .limit(MOST)
  await Promise.all(doubtful.map(checkConnection))
}

function endsOf(runs: Run[]): string[] {
  const ends = runs.flatMap(({ service }) => [
    service.sourceConnectionId,
    service.targetConnectionId,
  ])
  return [...new Set(ends)]
}
