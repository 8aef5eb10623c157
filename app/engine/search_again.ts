import type { Slot } from './account.js'
import { concludeFault, concludeSent } from './conclude.js'
import { NEVER_ARRIVED, UNCLEAR } from './faults.js'
import type { Outbox } from './outbox.js'
import { isForced } from './pair.js'
import type { Run } from './run.js'
import type { Seeker } from './seeker.js'
import { mayBeAnother } from './settle_pair.js'
import { isFree, MORE_TRIES } from './send.js'

/** Records searched for at once. */
const ASKED = 100

/**
 * Records that were to be created and whose reply was lost: what is there now, was not there
 * before and stands for no other record is what arrived.
 */
export async function searchAgain(
  run: Run,
  dispatch: Outbox,
  slots: Slot[],
  seeker: Seeker
): Promise<void> {
  for (let start = 0; start < slots.length; start += ASKED) {
    const asked = slots.slice(start, start + ASKED)
    const found = await newcomers(run, asked, seeker)
    if (run.isHalted) return
    const again: Slot[] = []
    for (const [index, slot] of asked.entries()) {
      const ids = found[index]
      const isTold =
        ids.length < 2 && !(ids.length > 0 && slot.pair !== null && isForced(slot.pair))
      if (!isTold) concludeFault(slot, 'unclear', UNCLEAR, true)
      else if (ids.length === 0 && mayBeAnother(slot, run))
        concludeFault(slot, 'unclear', UNCLEAR, false)
      else if (ids.length === 1) arrived(slot, ids[0], run, again)
      else if (slot.tries++ < MORE_TRIES && isFree(slot)) again.push(slot)
      else concludeFault(slot, 'failed', NEVER_ARRIVED, true)
    }
    dispatch.release(asked)
    dispatch.admit(again.map((slot) => ({ slot, verdict: 'send' })))
  }
}

/** An earlier attempt may have sent other values than it has now. */
function arrived(slot: Slot, id: string, run: Run, again: Slot[]): void {
  if (slot.pair?.isSent) concludeSent(slot, 'created', id, 'sent')
  else if (run.neverUpdates) concludeSent(slot, 'unchanged', id, 'sent')
  else {
    slot.draft.targetId = id
    again.push(slot)
  }
}

/** What is settled while the target and the ledger are asked would be in neither answer. */
async function newcomers(run: Run, slots: Slot[], seeker: Seeker): Promise<string[][]> {
  run.window.hold()
  try {
    const found = await seeker.ask(slots.map(({ draft }) => draft.target))
    const news = slots.flatMap((slot, index) => {
      const before = new Set(slot.pair?.candidates?.map(({ id }) => id))
      const others = found[index].filter(({ id }) => !before.has(id))
      return others.map(({ id }) => ({ index, slot, id }))
    })
    return await withoutOwners(run, news, slots.length)
  } finally {
    run.window.unhold()
  }
}

interface Newcomer {
  index: number
  slot: Slot
  id: string
}

async function withoutOwners(run: Run, news: Newcomer[], count: number): Promise<string[][]> {
  const ids: string[][] = Array.from({ length: count }, () => [])
  if (news.length === 0) return ids
  const keys = news.map(({ slot }) => slot.draft.key)
  const known = await run.input.ledger.match(
    keys,
    news.map(({ id }) => id)
  )
  const taken = new Set<string>()
  for (const [place, { index, slot, id }] of news.entries()) {
    const isHeld = run.seeker?.claims.isTakenBefore(id, slot)
    if (known[place].owner !== null || isHeld || taken.has(id)) continue
    taken.add(id)
    ids[index].push(id)
  }
  return ids
}
