import { PageAccount } from './account.js'
import { noCounters } from './counters.js'
import type { Ledger } from './ledger.js'
import { matchPage } from './match.js'
import { PlannedFinds } from './planned_finds.js'
import { PlannedReferences } from './planned_references.js'
import { prepare } from './prepare.js'
import { matchNotes, plannedMatching, type MatchCounts } from './preview_matches.js'
import { byCalls, plannedRead, plannedWrites, type PlannedRoute } from './preview_plan.js'
import { previewedPage, type PreviewedRecord, type PreviewOutcome } from './preview_records.js'
import { TargetGlance } from './preview_target.js'
import { ReferenceGlance } from './reference_glance.js'
import { Run } from './run.js'
import { readPages, readQuery } from './source.js'
import type { SyncInput } from './sync_input.js'
import { transformPage } from './transform.js'
import { countWithoutCursor, withoutCursorText } from './without_cursor.js'

/** How much of a preview is wanted. */
export interface PreviewWish {
  /** Records of each outcome to be returned, the first of them. */
  keep: { [outcome in PreviewOutcome]: number }
  /** Records that the target is asked for. */
  ask: number
  /** Records that it is searched for, where they are matched so; any number by default. */
  search?: number
  /** Milliseconds after which no further record is read; for ever by default. */
  within?: number
}

export interface Preview {
  /** In the order of the source, as many of each outcome as were asked for. */
  records: PreviewedRecord[]
  /** What would become of all that was counted. */
  counts: { [outcome in PreviewOutcome]: number }
  /** Of the records that were searched for, how many the target holds none, one or several of. */
  matches: MatchCounts | null
  /** False where the source holds more than is counted here. */
  isComplete: boolean
  /** Records with a key that came before: they are sent apart, and one after the other. */
  repeats: number
  /** How many records the target was asked for, and why not for more. */
  asked: number
  notes: string[]
  plan: PlannedRoute[]
  credits: number
}

/** Enough to know the price of a usual run; a preview is asked for by a person who waits. */
const MOST_COUNTED = 100_000

/** What a run would do now, and its price. Writes nothing, and opens no run in the ledger. */
export async function preview(
  input: SyncInput,
  { keep, ask, search, within = Infinity }: PreviewWish
): Promise<Preview> {
  const { transform, filter, used } = prepare(input)
  const source = { ...input.source, access: byCalls(input.source.access) }
  const bounds = { isHasty: true, ...(search === undefined ? {} : { mostSearched: search }) }
  const given = { ...input, ...bounds, source, ledger: readOnly(input.ledger) }
  const run = new Run(given, noCounters())
  const query = readQuery(run, null, used, filter)
  const glance = new TargetGlance(run, ask)
  const finds = new PlannedFinds(run)
  const references = new PlannedReferences(run)
  const linking = new ReferenceGlance(run, ask)
  const counts = { create: 0, update: 0, delete: 0, unchanged: 0, filtered: 0, rejected: 0 }
  const matches: MatchCounts = { none: 0, one: 0, many: 0 }
  const records: PreviewedRecord[] = []
  const keys = new Set<string>()
  const end = input.world.now() + within
  let [counted, isComplete] = [0, true]
  for await (const read of readPages(run, query)) {
    run.assertGoing()
    if (counted >= MOST_COUNTED || input.world.now() > end) {
      isComplete = false
      break
    }
    const page = new PageAccount(0, read.cursor)
    const mapped = transformPage(read.records, transform)
    const judged = await matchPage(mapped, page, run)
    finds.add(judged)
    const slots = judged.map(({ slot }) => slot)
    const view = await glance.look(slots)
    const links = await linking.look(slots)
    for (const record of previewedPage(mapped, { page, judged, view, links }, run)) {
      const position = counted++
      keys.add(record.key)
      references.add(record, links.refused.has(record.key))
      if (record.matched !== null) matches[record.matched]++
      if (counts[record.outcome]++ < keep[record.outcome]) records.push({ ...record, position })
    }
  }
  const reads = await plannedRead(input, query, isComplete ? counted : null)
  const finding = [...(await plannedMatching(run)), ...finds.plan()]
  const resolving = await references.plan(isComplete)
  const plan = [...reads, ...finding, ...resolving, ...plannedWrites(run, counts)]
  const credits = plan.reduce((sum, part) => sum + part.credits, 0)
  const { asked } = glance
  const notes = [...glance.notes, ...matchNotes(run), ...linking.notes, ...references.notes]
  notes.push(...(await cursorNotes(input)))
  const isWhole = isComplete && !run.seeker?.unsearched
  const found = run.seeker && matches
  const repeats = counted - keys.size
  const all = { records, counts, matches: found, repeats, asked, notes, plan, credits }
  return { ...all, isComplete: isWhole }
}

async function cursorNotes({ source, incremental }: SyncInput): Promise<string[]> {
  if (incremental === null) return []
  const count = await countWithoutCursor(source, incremental.field)
  return count ? [withoutCursorText(count, source.stream.title, incremental.field)] : []
}

function readOnly(ledger: Ledger): Ledger {
  const refuse = (): Promise<never> => Promise.reject(new Error('A preview writes nothing'))
  return {
    open: refuse,
    match: (keys, matches) => ledger.match(keys, matches),
    intend: refuse,
    settle: refuse,
  }
}
