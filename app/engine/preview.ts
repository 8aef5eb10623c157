import type { ReadQuery, RecordValues, StreamAccess } from '#sdk'
import { PageAccount, type Slot } from './account.js'
import { noCounters } from './counters.js'
import type { Ledger } from './ledger.js'
import { duplicateOf, matchPage, type Judged } from './match.js'
import type { RecordFault } from './misfit.js'
import { planReading } from './open_source.js'
import { planWrites } from './plan.js'
import { prepare } from './prepare.js'
import { Run } from './run.js'
import { readPages, readQuery } from './source.js'
import type { SyncInput } from './sync_input.js'
import { transformPage, type Mapped } from './transform.js'

export type PreviewOutcome = 'create' | 'update' | 'unchanged' | 'filtered' | 'rejected'

export interface PreviewedRecord {
  key: string
  outcome: PreviewOutcome
  source: RecordValues
  target: RecordValues
  faults: Array<{ field: string | null; value: string | null; rule: string; message: string }>
}

export interface Preview {
  /** The first records, as many as were asked for. */
  records: PreviewedRecord[]
  /** What would become of all that was counted. */
  counts: { [outcome in PreviewOutcome]: number }
  /** False where the source holds more than is counted here. */
  isComplete: boolean
  plan: Array<{ route: string; records: number; calls: number; credits: number }>
  credits: number
}

/** Enough to know the price of a usual run; a preview is asked for by a person who waits. */
const MOST_COUNTED = 100_000

/** What a run would do now, and its price. Writes nothing, and opens no run in the ledger. */
export async function preview(input: SyncInput, limit: number): Promise<Preview> {
  const { transform, filter, used } = prepare(input)
  const source = { ...input.source, access: byCalls(input.source.access) }
  const run = new Run({ ...input, source, ledger: readOnly(input.ledger) }, noCounters())
  const query = readQuery(run, null, used, filter)
  const counts = { create: 0, update: 0, unchanged: 0, filtered: 0, rejected: 0 }
  const records: PreviewedRecord[] = []
  let [counted, isComplete] = [0, true]
  for await (const read of readPages(run, query)) {
    run.assertGoing()
    if (counted >= MOST_COUNTED) {
      isComplete = false
      break
    }
    const page = new PageAccount(0, read.cursor)
    const mapped = transformPage(read.records, transform)
    const judged = await matchPage(mapped, page, run)
    for (const record of previewed(mapped, page, judged, run)) {
      counts[record.outcome]++
      if (records.length < limit) records.push(record)
    }
    counted += read.records.length
  }
  const plan = [
    ...(await plannedRead(input, run, query)),
    ...planned(run, counts.create + counts.update),
  ]
  const credits = plan.reduce((sum, part) => sum + part.credits, 0)
  return { records, counts, isComplete, plan, credits }
}

function previewed(
  mapped: Mapped[],
  page: PageAccount,
  judged: Judged[],
  run: Run
): PreviewedRecord[] {
  const sent = new Map(judged.map(({ slot }) => [slot.draft, slot]))
  const faults = new Map(page.faults.map((fault) => [fault.key, fault]))
  return mapped.map((item) => {
    const { key, source, target, match } = item.draft
    const own = run.window.ofKey(key)
    const duplicate = own?.claimant ? duplicateOf(own.claimant.draft.key, match) : undefined
    const fault = faults.get(key) ?? duplicate
    const outcome = outcomeOf(item, sent.get(item.draft), fault, own?.isDone === false)
    const found = item.faults ?? [fault].filter((each) => each !== undefined)
    return { key, outcome, source, target, faults: outcome === 'rejected' ? found.map(shown) : [] }
  })
}

function outcomeOf(
  item: Mapped,
  slot: Slot | undefined,
  fault: RecordFault | undefined,
  isRepeat: boolean
): PreviewOutcome {
  if (item.isFiltered) return 'filtered'
  if (slot) return slot.draft.targetId === null ? 'create' : 'update'
  if (item.faults || fault) return 'rejected'
  return isRepeat ? 'update' : 'unchanged'
}

function shown(fault: RecordFault): PreviewedRecord['faults'][number] {
  const { code, field, value, message } = fault
  return { field, value, rule: code, message }
}

/** A person waits for a preview, so it reads without jobs at the vendor. */
function byCalls({ readRoutes, ...access }: StreamAccess): StreamAccess {
  if (readRoutes === undefined) return access
  const calls: StreamAccess['readRoutes'] = (ctx, stream) =>
    readRoutes(ctx, stream).filter((route) => route.kind === 'call')
  return { ...access, readRoutes: calls }
}

async function plannedRead(
  { source: { ctx, stream, access } }: SyncInput,
  run: Run,
  query: ReadQuery
): Promise<Preview['plan']> {
  const routes = access.readRoutes?.(ctx, stream) ?? []
  if (routes.length === 0) return []
  const { route, records, calls, credits } = await planReading(run, query, routes)
  return [{ route: route.name, records: records ?? 0, calls, credits }]
}

function planned({ routes, operation }: Run, count: number): Preview['plan'] {
  const parts = new Map<string, Preview['plan'][number]>()
  for (const { route, records } of planWrites(routes, count, operation)) {
    const part = parts.get(route.name) ?? { route: route.name, records: 0, calls: 0, credits: 0 }
    part.records += records
    part.calls++
    part.credits += route.cost(records)
    parts.set(route.name, part)
  }
  return [...parts.values()]
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
