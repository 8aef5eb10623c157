import { setTimeout } from 'node:timers/promises'
import type { Context, Json, ReadQuery, ReadRoute, RecordValues, StreamDescription } from '#sdk'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { describeStream } from '../../../../plugins/connectors/zoho_crm/describe/describe_stream.js'
import { readRoutes } from '../../../../plugins/connectors/zoho_crm/read/read_routes.js'
import { signIn } from './sign_in.js'

export function asked(changes: Partial<ReadQuery> = {}): ReadQuery {
  const fields = ['Deal_Name', 'Order_Ref', 'Amount']
  return { cursor: null, fields, filter: null, incremental: null, pageSize: 1000, ...changes }
}

export function routeOf(ctx: Context, stream: StreamDescription, name: string): ReadRoute {
  const route = readRoutes(ctx, stream).find((each) => each.name === name)
  if (!route) throw new Error(`${stream.name} has no way to read by ${name}`)
  return route
}

export const dealsOf = (ctx: Context) => describeStream(ctx, 'Deals')

export interface ReadAll {
  records: RecordValues[]
  cursors: Json[]
}

/** Reads to the end; jobs are asked for as soon as may be. */
export async function readWhole(
  ctx: Context,
  stream: StreamDescription,
  name: string,
  query: ReadQuery,
  cursors: Json[] = []
): Promise<ReadAll> {
  const all: ReadAll = { records: [], cursors }
  for await (const page of routeOf(ctx, stream, name).read(ctx, stream, query)) {
    all.records.push(...page.records)
    all.cursors.push(JSON.parse(JSON.stringify(page.cursor)))
    if (page.pollAfter !== undefined) await setTimeout(Math.min(page.pollAfter, 20))
  }
  return all
}

export function newDeals(count: number, more: RecordValues = {}, from = 1): RecordValues[] {
  return Array.from({ length: count }, (_, at) => ({
    Deal_Name: `Deal ${from + at}`,
    Stage: 'Qualification',
    Order_Ref: `R-${from + at}`,
    ...more,
  }))
}

/** Someone else who works in the same org. */
export async function otherUser(sim: ZohoSimulator) {
  const authorization = `Zoho-oauthtoken ${await signIn(sim)}`
  const send = async (method: string, rest: string, body?: object) => {
    const text = body && JSON.stringify(body)
    const headers = { authorization, 'content-type': 'application/json' }
    const reply = await fetch(`${sim.url}/crm/v8/${rest}`, { method, headers, body: text })
    if (!reply.ok) throw new Error(`${method} ${rest}: ${await reply.text()}`)
    const answer: unknown = await reply.json()
    return Object(answer).data as Array<{ details: { id: string } }>
  }
  const inHundreds = async (method: string, records: RecordValues[], module: string) => {
    const ids: string[] = []
    for (let from = 0; from < records.length; from += 100) {
      const rows = await send(method, module, { data: records.slice(from, from + 100) })
      ids.push(...rows.map((row) => row.details.id))
    }
    return ids
  }
  return {
    insert: (records: RecordValues[], module = 'Deals') => inHundreds('POST', records, module),
    update: (records: RecordValues[], module = 'Deals') => inHundreds('PUT', records, module),
    remove: (ids: string[]) => send('DELETE', `Deals?ids=${ids.join(',')}`),
  }
}

export const idsIn = ({ records }: { records: RecordValues[] }) =>
  records.map(({ id }) => String(id))

/** Bulk read jobs that the org was sent. */
export function jobsAt(sim: ZohoSimulator) {
  const { byEndpoint } = sim.stats().credits
  const posts = Object.entries(byEndpoint).filter(([name]) => /^POST .*read$/.test(name))
  return posts.reduce((sum, [, { calls }]) => sum + calls, 0)
}
