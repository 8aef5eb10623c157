import type { PageAccount, Slot } from './account.js'
import { amount } from './amount.js'
import type { Draft } from './draft.js'
import { indexQuery, planIndex } from './held_index.js'
import type { Judged } from './match.js'
import type { Pair } from './pair.js'
import type { PlannedRoute } from './preview_plan.js'
import type { Run } from './run.js'

/** How many records of the target a record could be. */
export const MATCH_COUNTS = ['none', 'one', 'many'] as const
export type MatchCount = (typeof MATCH_COUNTS)[number]
export type MatchCounts = { [count in MatchCount]: number }

/** Null where nobody searched for it. */
export function matchCountOf(pair: Pair | null | undefined): MatchCount | null {
  const found = pair?.candidates?.length
  if (found === undefined) return null
  return found === 0 ? 'none' : found === 1 ? 'one' : 'many'
}

/** What was found for the records of a page, whether they are to be sent or done already. */
export function pairsOf(
  page: PageAccount,
  judged: Judged[],
  run: Run
): (draft: Draft) => Slot | null {
  if (run.seeker === null) return () => null
  const slots = [...judged.map(({ slot }) => slot), ...page.slots, ...page.skipped]
  const byDraft = new Map(slots.map((slot) => [slot.draft, slot]))
  return (draft) => {
    const known = byDraft.get(draft) ?? run.window.ofKey(draft.key)
    return known?.draft === draft ? known : null
  }
}

/** What searching costs a run now: as much as it cost here, and what was left out. */
export async function plannedMatching(run: Run): Promise<PlannedRoute[]> {
  const { seeker, batches, input } = run
  const asked = batches.filter(({ route }) => route.startsWith('match_'))
  if (seeker === null || asked.length === 0) return []
  const { stream } = input.target
  const { plan } = seeker
  if (plan.normalised) {
    const reading = await planIndex(input, indexQuery({ stream }, plan), { isHasty: false })
    const { calls = 0, credits = 0 } = reading ?? {}
    return [{ route: 'match_index', way: 'match', records: asked[0].records, calls, credits }]
  }
  const sums = { records: seeker.sought + seeker.unsearched, calls: 0, credits: 0 }
  for (const { calls, credits } of asked) {
    sums.calls += calls
    sums.credits += credits
  }
  for (let left = seeker.unsearched; left > 0; left -= plan.search.maxRecords) {
    const records = Math.min(left, plan.search.maxRecords)
    sums.calls++
    sums.credits += plan.search.cost(records, plan.groups[0].length)
  }
  return [{ route: 'match_search', way: 'match', ...sums }]
}

/** What a person should know of the search that this preview made. */
export function matchNotes({ seeker, batches }: Run): string[] {
  if (seeker === null) return []
  const asked = batches.filter(({ route }) => route.startsWith('match_'))
  const spent = asked.reduce((sum, { credits }) => sum + credits, 0)
  const cost = spent === 0 ? [] : [`Looking for matches cost ${amount(spent, 'credit')} just now.`]
  const { unsearched } = seeker
  if (unsearched === 0) return cost
  const number = unsearched.toLocaleString('en-GB')
  return [...cost, `${number} more records were not looked for; they are shown as created.`]
}
