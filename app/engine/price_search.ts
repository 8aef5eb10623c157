import { indexQuery, planIndex } from './held_index.js'
import { searchPlanOf } from './search_plan.js'
import type { SyncInput } from './sync_input.js'

/** The credits of looking for so many records, if the first group of fields finds none of them. */
export async function priceSearch(input: SyncInput, count: number): Promise<number> {
  const plan = searchPlanOf(input)
  if (plan === null || count === 0) return 0
  if (plan.normalised) {
    const reading = await planIndex(input, indexQuery(input.target, plan), { isHasty: false })
    return reading?.credits ?? 0
  }
  const { search, groups } = plan
  const full = Math.floor(count / search.maxRecords)
  const rest = count % search.maxRecords
  return groups.reduce(
    (sum, { length }) =>
      sum +
      full * search.cost(search.maxRecords, length) +
      (rest > 0 ? search.cost(rest, length) : 0),
    0
  )
}
