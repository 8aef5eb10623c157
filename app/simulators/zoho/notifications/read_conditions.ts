import { isObject } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { FieldCondition } from './channel.js'
import { WatchFault } from './watch_fault.js'

const MOST_FIELDS = 10

type Parts = FieldCondition['parts']

function readGroup(sent: unknown, fields: ReadonlyMap<string, unknown>, path: string) {
  const details = { api_name: 'field_selection', json_path: path }
  const { group, group_operator: operator } = isObject(sent) ? sent : {}
  if (!Array.isArray(group) || group.length === 0) throw new WatchFault('INVALID_DATA', details)
  const parts: Parts = group.map((part: unknown, position) => {
    const at = `${path}.group[${position}]`
    if (isObject(part) && part.group !== undefined) return readGroup(part, fields, at)
    const field = isObject(part) ? part.field : null
    const name = isObject(field) ? String(field.api_name) : ''
    if (fields.has(name)) return name
    throw new WatchFault('INVALID_DATA', { api_name: 'field', json_path: `${at}.field` })
  })
  return { isAll: operator === 'and', parts }
}

const countFields = (parts: Parts): number =>
  parts.reduce((sum, part) => sum + (typeof part === 'string' ? 1 : countFields(part.parts)), 0)

/** `notification_condition`: which fields an edit has to touch. */
export function readConditions(org: SimulatedOrg, sent: unknown, path: string): FieldCondition[] {
  const at = `${path}.notification_condition`
  if (sent === undefined || sent === null) return []
  const details = { api_name: 'notification_condition', json_path: at }
  if (!Array.isArray(sent)) throw new WatchFault('INVALID_DATA', details)
  return sent.map((condition: unknown, position) => {
    const where = `${at}[${position}]`
    const { type, module, field_selection: selection } = isObject(condition) ? condition : {}
    const name = isObject(module) ? String(module.api_name) : ''
    const table = org.store.tables.get(name)
    if (type !== 'field_selection' || !table) {
      throw new WatchFault('INVALID_DATA', { ...details, json_path: where })
    }
    const group = readGroup(selection, table.fields, `${where}.field_selection`)
    if (countFields(group.parts) <= MOST_FIELDS) return { module: name, ...group }
    throw new WatchFault('LIMIT_EXCEEDED', { ...details, limit: MOST_FIELDS })
  })
}
