import { ConnectorError } from '#sdk'
import type { Json, Page, ReadQuery, ReadRoute } from '#sdk'
import { PlannedReading } from './planned_reading.js'
import { canTrust, needsCount, planRead, whyNone, type ReadPlan } from './read_plan.js'
import type { Run } from './run.js'
import type { SyncInput } from './sync_input.js'

/** Begins to read, or goes on by the way that the cursor came from. */
export async function openSource(run: Run, query: ReadQuery): Promise<AsyncIterable<Page>> {
  const { ctx, stream, access } = run.input.source
  const routes = access.readRoutes?.(ctx, stream) ?? []
  if (routes.length === 0) {
    if (!access.read) throw new Error(`'${stream.name}' cannot be read`)
    return access.read(ctx, stream, query)
  }
  const begun = routeOf(query.cursor, routes)
  if (begun) return readBy(run, begun.route, { ...query, cursor: begun.cursor })
  const afresh = { ...query, cursor: null }
  const plan = await planReading(run.input, afresh, routes)
  const { credits, calls, records } = plan
  run.credits.planned += credits
  if (credits > 0) {
    run.charge({ route: plan.route.name, records: records ?? 0, calls, credits, took: 0 })
  }
  const expected = records === null ? {} : { expected: records }
  run.reading = new PlannedReading(plan, afresh)
  return readBy(run, plan.route, { ...afresh, ...expected })
}

/** The plan for reading all that is asked for; throws where there is no way. */
export async function planReading(
  input: SyncInput,
  query: ReadQuery,
  routes: ReadRoute[]
): Promise<ReadPlan> {
  const { ctx, stream, access } = input.source
  const wish = input.definition.source
  const { count: counting = 0, highWater = 0 } = access.asking ?? {}
  const known = input.only?.length ?? unasked(input, query, routes, counting)
  const isAsked = known === null && needsCount(routes, query, wish)
  const count = isAsked ? await access.count?.(ctx, stream, query) : known
  const plan = planRead(routes, query, { wish, count: count ?? null })
  if (plan === null) throw new ConnectorError('config', whyNone(stream, routes, query, wish))
  const asking = (isAsked ? counting : 0) + (query.incremental === null ? 0 : highWater)
  return { ...plan, credits: plan.credits + asking }
}

/** How many records there are as far as that is known without a call. */
function unasked(
  input: SyncInput,
  query: ReadQuery,
  routes: ReadRoute[],
  price: number
): number | null {
  const { ctx, stream, access } = input.source
  const counted = access.counted?.(ctx, stream, query) ?? input.counted ?? null
  const { likely = null, definition } = input
  if (counted !== null || likely === null) return counted
  return canTrust(routes, query, definition.source, { likely, price }) ? likely : null
}

async function* readBy(run: Run, route: ReadRoute, query: ReadQuery): AsyncGenerator<Page> {
  const { ctx, stream } = run.input.source
  for await (const page of route.read(ctx, stream, query)) {
    run.reading?.heard(page)
    yield { ...page, cursor: { route: route.name, cursor: page.cursor } }
  }
}

function routeOf(cursor: Json, routes: ReadRoute[]): { route: ReadRoute; cursor: Json } | null {
  if (typeof cursor !== 'object' || cursor === null || Array.isArray(cursor)) return null
  const route = routes.find(({ name }) => name === cursor.route)
  return route && cursor.cursor !== undefined ? { route, cursor: cursor.cursor } : null
}
