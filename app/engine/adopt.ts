import type { Json } from '#sdk'
import { follow, JobAccount, Slot } from './account.js'
import type { Outbox } from './outbox.js'
import { followJob, jobRouteNamed } from './jobs.js'
import type { Checkpoint, OpenJob } from './ledger.js'
import { adoptedPair } from './settle_pair.js'
import { settlementOf } from './settlement.js'
import type { Run } from './run.js'
import { adoptTwin, askHolders, type Twin } from './twins.js'

interface StoredTicket {
  ticket: Json
  before: Json
  ahead: number[]
  guests: number[]
  /** Absent in tickets of an older version. */
  forced?: number[]
  order?: number
  reach?: number
}

/** Takes up the jobs that an earlier attempt of this run, or an earlier run, left under way. */
export async function adoptJobs(run: Run, dispatch: Outbox, checkpoint: Checkpoint): Promise<void> {
  for (const open of checkpoint.jobs.toSorted(byOrder)) {
    if (open.isOfEarlierRun && !hasRoute(run, open)) {
      await letGo(run, open)
      continue
    }
    const stored = open.ticket as unknown as StoredTicket
    dispatch.settler.lastJob = Math.max(dispatch.settler.lastJob, orderOf(open))
    const job = new JobAccount(open.id)
    const slots = await slotsOf(run, open, job, stored)
    const ahead = placesAhead(open, stored, checkpoint).map((index) => slots[index])
    run.window.expectAll(ahead, job, reachOf(open, stored))
    dispatch.settler.jobs.push(job)
    const route = jobRouteNamed(run, open)
    const { ticket } = stored
    run.spawn(() => followJob(run, dispatch, { route, job, slots, ticket }))
  }
}

/** As they were stored, which clocks do not tell. */
const byOrder = (a: OpenJob, b: OpenJob): number => orderOf(a) - orderOf(b)

function orderOf({ ticket }: OpenJob): number {
  return (ticket as unknown as StoredTicket).order ?? 0
}

/** What no way can be asked about any more: it is over for us, and its records are matched as ever. */
async function letGo({ input, targetContext }: Run, { id, route }: OpenJob): Promise<void> {
  targetContext.log.warn('A job of an earlier run is let go: its way to write is gone', { route })
  await input.ledger.settle({ ...settlementOf([], null, []), finishedJob: id })
}

function hasRoute({ input }: Run, { route }: OpenJob): boolean {
  return input.target.routes.some(({ kind, name }) => kind === 'job' && name === route)
}

/** Of an earlier run the cursor counts no more: its reach is known from the start alone. */
function reachOf({ isOfEarlierRun }: OpenJob, { before, reach }: StoredTicket) {
  return isOfEarlierRun && before !== null ? undefined : reach
}

/** Which of its records will be read again. A new run reads all that it comes across. */
function placesAhead(
  { isOfEarlierRun, drafts }: OpenJob,
  { before, ahead, guests }: StoredTicket,
  { cursor }: Checkpoint
): number[] {
  if (!isOfEarlierRun) return JSON.stringify(before) === JSON.stringify(cursor) ? ahead : []
  const counted = new Set(guests)
  return cursor === null ? [...drafts.keys()].filter((index) => !counted.has(index)) : []
}

async function slotsOf(
  run: Run,
  open: OpenJob,
  job: JobAccount,
  stored: StoredTicket
): Promise<Slot[]> {
  const [guests, forced] = [new Set(stored.guests), new Set(stored.forced)]
  const keys = open.drafts.map((draft) => draft.key)
  const isLast = run.duplicates === 'last'
  const matches = open.drafts.map(({ match }) => (isLast && match ? match : null))
  const matched = await run.input.ledger.match(keys, matches)
  const known: Twin[] = isLast ? await askHolders(open.drafts, matched, run) : matched
  const elsewhere = new JobAccount(`${open.id} guests`)
  return open.drafts.map((draft, index) => {
    const isGuest = guests.has(index)
    const slot = new Slot(draft, isGuest ? elsewhere : job, known[index].link)
    // What another job counts is that job's to try again.
    if (isGuest) slot.tries = slot.jobFailures = Infinity
    if (isLast) adoptTwin(slot, known[index].holder ?? null, run)
    slot.account.pending++
    if (run.seeker) slot.pair = adoptedPair(slot, run.seeker, forced.has(index))
    if (isGuest) return slot
    comeAfter(slot, run)
    run.window.enter(slot)
    run.seeker?.claims.add(slot)
    return slot
  })
}

/** It was submitted when those before it were done: to send one of these again would undo it. */
function comeAfter(slot: Slot, { window, duplicates }: Run): void {
  const { key, match } = slot.draft
  const before = window.ofKey(key)
  if (before) follow(slot, before)
  if (before?.draft.match === match) before.isOverwritten = true
  const holder = duplicates === 'last' && match ? window.ofMatch(match) : undefined
  if (!holder) return
  holder.isOverwritten = true
  slot.predecessor = holder
}
