import { noCounters } from '#engine/counters'
import { planCost, planWrites } from '#engine/plan'
import { priceSearch } from '#engine/price_search'
import { planRead } from '#engine/read_plan'
import { prepare } from '#engine/prepare'
import { Run } from '#engine/run'
import { readQuery } from '#engine/source'
import type { SyncInput } from '#engine/sync_input'
import { writesOf } from '#engine/writes_of'

/**
 * The credits of a run that writes every record that the source counts; null where it does not
 * count. What turns out to be unchanged costs less.
 */
export async function priceRun(input: SyncInput): Promise<number | null> {
  const { ctx, stream, access } = input.source
  const { filter, used } = prepare(input)
  const query = readQuery(new Run(input, noCounters()), null, used, filter)
  const count = (await access.count?.(ctx, stream, query)) ?? null
  if (count === null) return null
  const { source, target } = input.definition
  const reading = planRead(access.readRoutes?.(ctx, stream) ?? [], query, { wish: source, count })
  const routes = input.target.routes.filter(
    ({ name }) => target.route === undefined || name === target.route
  )
  const [{ operation }] = writesOf(target)
  const writing = planCost(planWrites(routes, count, operation))
  return (reading?.credits ?? 0) + (await priceSearch(input, count)) + writing
}
