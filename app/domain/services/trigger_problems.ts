import crossdock from '#config/crossdock'
import type Connection from '#domain/connections/connection'
import type { ServiceDefinition, StreamDescription } from '#sdk'
import { loadConnector } from '#workers/load_plugin'

/** Why the source cannot tell of the changes that a service wants to run for. */
export async function triggerProblems(
  { trigger }: ServiceDefinition,
  source: Connection,
  { title, fields, cursors }: StreamDescription
): Promise<string[]> {
  if (trigger === undefined) return []
  const { connector } = await loadConnector(crossdock.pluginsRoot, source.connector)
  const { webhooks } = connector
  if (webhooks === undefined) {
    return [
      `trigger: ${connector.title} tells nobody of changes. Leave it out, and give the service a schedule`,
    ]
  }
  if (cursors.length === 0) {
    return [
      `trigger: ${title} has no time by which changes could be found. Leave it out, and give the service a schedule`,
    ]
  }
  const untold = (trigger.changes ?? []).filter((change) => !webhooks.changes.includes(change))
  const unknown = (trigger.fields ?? []).filter(
    (name) => !fields.some((field) => field.name === name)
  )
  return [
    ...untold.map(
      (change) => `trigger.changes: ${connector.title} does not tell what was ${change}`
    ),
    ...unknown.map((name) => `trigger.fields: ${title} has no field "${name}"`),
  ]
}
