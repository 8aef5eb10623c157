import { ConnectorError } from '#sdk'
import type { Page, ReadQuery, StreamDescription } from '#sdk'
import { planRead } from '#engine/read_plan'
import { accessTo } from './connector_context.js'
import type { OpenConnector } from './connector_context.js'

/** Reads for a person who waits: no job is begun at the vendor. */
export function readByCalls(
  open: OpenConnector,
  stream: StreamDescription,
  query: ReadQuery,
  count: number
): AsyncIterable<Page> {
  const access = accessTo(open, stream.name)
  const routes = access.readRoutes?.(open.ctx, stream) ?? []
  const calls = routes.filter(({ kind }) => kind === 'call')
  const route = planRead(calls, query, { wish: {}, count })?.route
  if (route !== undefined) return route.read(open.ctx, stream, query)
  if (access.read !== undefined) return access.read(open.ctx, stream, query)
  throw new ConnectorError('config', `${stream.title} cannot be read.`)
}
