import type { SimulatedOrg } from '../simulated_org.js'
import { renderValue } from '../store/render_record.js'
import type { Channel } from './channel.js'
import { resourceUri } from './render_channel.js'
import { eventOf, type WriteNote } from './write_note.js'

function affectedValues(org: SimulatedOrg, { entry, changed }: WriteNote) {
  const fields = org.store.tables.get(entry.module)?.fields
  const values = changed.map((name) => {
    const field = fields?.get(name)
    return [name, field ? renderValue(org, field, entry.values[name] ?? null) : null]
  })
  return { record_id: entry.id, values: Object.fromEntries(values) }
}

/** What is posted for writes of one kind to one module. */
export function notificationBody(
  org: SimulatedOrg,
  channel: Channel,
  notes: readonly WriteNote[]
): Record<string, unknown> {
  const { options } = org
  const [{ entry }] = notes
  const edits = entry.action === 'update' ? notes : []
  const affected =
    options.affectedFieldsShape === 'flat'
      ? [...new Set(edits.flatMap(({ changed }) => changed))]
      : edits.map((note) => ({ [note.entry.id]: note.changed }))
  return {
    server_time: org.clock.now(),
    query_params: {},
    module: entry.module,
    resource_uri: resourceUri(org, entry.module),
    ids: notes.map((note) => note.entry.id),
    affected_fields: affected,
    operation: options.notifyOperations === 'insert' ? entry.action : eventOf[entry.action],
    channel_id: channel.id,
    token: channel.token,
    ...(channel.returnsValues && entry.action !== 'delete'
      ? { affected_values: notes.map((note) => affectedValues(org, note)) }
      : {}),
  }
}
