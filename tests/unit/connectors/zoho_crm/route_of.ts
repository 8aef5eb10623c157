import type { CallRoute, JobRoute, StreamDescription } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { dealStream } from './deal_batch.js'

function find(stream: StreamDescription, name: string) {
  const route = connector.discover?.routes?.(stream).find((each) => each.name === name)
  if (!route) throw new Error(`${stream.name} has no route ${name}`)
  return route
}

export function callRoute(name: string, stream = dealStream): CallRoute {
  const route = find(stream, name)
  if (route.kind === 'call') return route
  throw new Error(`${name} is a job`)
}

export function bulkRoute(stream = dealStream): JobRoute {
  const route = find(stream, 'bulk_write')
  if (route.kind === 'job') return route
  throw new Error('bulk_write is no job')
}
