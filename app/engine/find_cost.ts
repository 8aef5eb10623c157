import type { Slot } from './account.js'
import { planWhile } from './plan_while.js'
import type { Run } from './run.js'

/** Records looked up at once. */
export const ASKED = 100

/** Whether a run looks up each record that it does not know before it writes. */
export function findsIds({ operation, match }: Run): boolean {
  return match.by === 'fields' && (operation === 'update' || operation === 'delete')
}

/** The credits of looking up so many match values, as many at once as are asked for. */
export function findCostOf(run: Run, values: number): number {
  const { access, stream } = run.input.target
  const { match } = run
  if (match.by !== 'fields' || !access.lookup || !access.lookupCost) return 0
  const full = Math.floor(values / ASKED)
  const rest = values % ASKED
  return (
    (full > 0 ? full * access.lookupCost(stream, match, ASKED) : 0) +
    (rest > 0 ? access.lookupCost(stream, match, rest) : 0)
  )
}

/** The credits of finding records whose id nobody knows yet. */
export function findCost(run: Run, slots: Slot[]): number {
  let credits = 0
  for (let from = 0; from < slots.length; from += ASKED) {
    const asked = slots.slice(from, from + ASKED)
    credits += findCostOf(run, new Set(asked.map(({ draft }) => draft.match)).size)
  }
  return credits
}

/** Counts a look-up to the plan, and keeps it for the history where it costs something. */
export async function paidFinding<Found>(
  run: Run,
  slots: Slot[],
  find: () => Promise<Found>
): Promise<Found> {
  const credits = findCost(run, slots)
  if (credits === 0) return find()
  const found = await planWhile(run, credits, find)
  run.charge({ route: 'match_lookup', records: slots.length, calls: credits, credits, took: 0 })
  return found
}
