import { ConnectorError } from '#sdk'
import type { Page, ReadQuery, RecordValues, StreamDescription } from '#sdk'
import { planRead } from '#engine/read_plan'
import { accessTo } from './connector_context.js'
import type { OpenConnector } from './connector_context.js'

/** The first records of a stream, all fields. A person waits, so no job is begun at the vendor. */
export async function readSample(
  open: OpenConnector,
  stream: StreamDescription,
  count: number
): Promise<RecordValues[]> {
  const query: ReadQuery = {
    cursor: null,
    fields: stream.fields.map(({ name }) => name),
    filter: null,
    incremental: null,
    pageSize: count,
  }
  const records: RecordValues[] = []
  for await (const page of openPages(open, stream, query, count)) {
    records.push(...page.records)
    if (records.length >= count) break
  }
  return records.slice(0, count)
}

function openPages(
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
