import type { Operation } from '#sdk'
import type { Outgoing } from './outgoing.js'
import type { WriteSettings } from './write_settings.js'

function appended({ values }: Outgoing, names: string[]) {
  const present = names.filter((name) => (values[name] ?? null) !== null)
  return present.length === 0 ? null : Object.fromEntries(present.map((name) => [name, true]))
}

/** The JSON of a record as a call takes it: its own, with what the call adds in front. */
export function bodyOf(
  outgoing: Outgoing,
  operation: Operation,
  { layout, appendValues }: WriteSettings
): string {
  if (operation !== 'update' && layout === null && appendValues.length === 0) return outgoing.json
  const head: { [name: string]: unknown } = {}
  if (operation === 'update') head.id = outgoing.id
  if (layout !== null) head.Layout = { id: layout }
  const lists = operation === 'insert' ? null : appended(outgoing, appendValues)
  if (lists) head.$append_values = lists
  const { json } = outgoing
  const front = JSON.stringify(head)
  if (front === '{}') return json
  return json === '{}' ? front : `${front.slice(0, -1)},${json.slice(1)}`
}
