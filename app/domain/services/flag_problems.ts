import type Connection from '#domain/connections/connection'
import Service from '#domain/services/service'
import type { ServiceDefinition } from '#sdk'

/** Two services that share a flag would hide each other's records. */
export async function flagProblems(
  { name, source: { flag, stream } }: ServiceDefinition,
  source: Connection
): Promise<string[]> {
  if (flag === undefined) return []
  const others = await Service.query()
    .where('tenantId', source.tenantId)
    .where('sourceConnectionId', source.id)
    .whereNot('name', name)
    .whereNot('state', 'archived')
  const revisions = await Promise.all(others.map((other) => other.currentRevision()))
  return others.flatMap((other, index) => {
    const theirs = revisions[index].definition.source
    if (theirs.stream !== stream || theirs.flag?.field !== flag.field) return []
    return [
      `source.flag.field: the service "${other.name}" sets "${flag.field}" already, so neither would read what the other has sent. Give this one a field of its own`,
    ]
  })
}
