import type { SimulatedOrg } from '../simulated_org.js'
import { operations, type ChannelEvent } from './channel.js'
import { WatchFault } from './watch_fault.js'

const MOST_EVENTS = 50

const isOperation = (name: string): name is ChannelEvent['operation'] =>
  operations.some((operation) => operation === name)

/** `Leads.create` and its like. */
export function readEvents(org: SimulatedOrg, sent: unknown, path: string): ChannelEvent[] {
  const details = { api_name: 'events', json_path: `${path}.events` }
  if (sent === undefined || sent === null) throw new WatchFault('MANDATORY_NOT_FOUND', details)
  if (!Array.isArray(sent) || sent.length === 0) {
    throw new WatchFault('INVALID_DATA', { ...details, expected_data_type: 'jsonarray' })
  }
  if (sent.length > MOST_EVENTS) {
    throw new WatchFault('LIMIT_EXCEEDED', { ...details, limit: MOST_EVENTS })
  }
  return sent.map((item: unknown, position) => {
    const [module, operation = ''] = String(item).split('.', 2)
    const isKnown = org.store.tables.has(module) || module === 'users'
    if (isKnown && isOperation(operation)) return { module, operation }
    throw new WatchFault('INVALID_DATA', { ...details, json_path: `${path}.events[${position}]` })
  })
}
