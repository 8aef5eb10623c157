import { awaitSlot, type Slot } from './account.js'
import { concludeFault, concludeSent, concludeSkipped } from './conclude.js'
import { UNCLEAR } from './faults.js'
import type { RecordFault } from './misfit.js'
import { claimsOf, newPair, type Candidate, type Pair } from './pair.js'
import type { Run } from './run.js'
import type { Seeker } from './seeker.js'

/** Does what the policies say of a record whose turn has come. Answers whether that was all. */
export function settlePair(slot: Slot, run: Run): boolean {
  const { pair, draft } = slot
  if (pair === null || draft.targetId !== null) return false
  switch (pair.verdict) {
    case 'create':
      return false
    case 'update':
      if (mayBeAnother(slot, run)) break
      draft.targetId = pair.id
      return false
    case 'leave':
      if (mayBeAnother(slot, run)) break
      concludeSent(slot, 'unchanged', pair.id, run.whenDone)
      return true
    case 'skip':
      concludeSkipped(slot)
      return true
    case 'ask':
      concludeFault(slot, 'rejected', ambiguous(pair.candidates ?? []), false)
      return true
    case 'unclear':
      concludeFault(slot, 'unclear', UNCLEAR, true)
      return true
  }
  concludeFault(slot, 'unclear', UNCLEAR, false)
  return true
}

/** What was sent may hold other values than those that were searched for now. */
export function mayBeAnother({ pair, link, draft }: Slot, { input }: Run): boolean {
  const isInDoubt = link?.state === 'sending' || link?.state === 'unclear'
  if (!isInDoubt || pair?.isSent || link.hash === draft.hash) return false
  return input.only === null || link.state !== 'unclear'
}

/** A record waits for those before it that may take what it would take. */
export function standInLine(slot: Slot, seeker: Seeker): void {
  const { pair, draft, faults } = slot
  if (pair?.verdict === 'update' && faults === null) {
    pair.claims = claimsOf(draft.target, seeker.plan)
  }
  for (const claimant of seeker.claims.before(slot)) {
    slot.claimant ??= claimant
    if (claimant.isDone) slot.owner = holderAfter(claimant, slot)
    else awaitSlot(slot, claimant)
  }
  seeker.claims.add(slot)
}

/** Who stands for the record of the target that this one would stand for, once `done` is done. */
export function holderAfter(done: Slot, slot: Slot): string | null {
  if (slot.owner !== null) return slot.owner
  const { result, draft } = done
  if (draft.key === slot.draft.key) return null
  if (done.pair?.verdict === 'update' && slot.pair?.verdict === 'create') {
    return result === null || result.state === 'rejected' ? null : draft.key
  }
  const id = slot.pair?.id ?? null
  // Who holds what `done` asked for need not hold this record, and is waited for if it may.
  const holder = id === null || done.pair?.id === id ? (done.owner ?? done.pair?.holder) : null
  if (holder) return holder === slot.draft.key ? null : holder
  if (result === null) return null
  if (id !== null) return result.targetId === id ? draft.key : null
  return result.state === 'rejected' && result.targetId === null ? null : draft.key
}

/** For a record that a job carries since an earlier attempt. */
export function adoptedPair({ draft }: Slot, seeker: Seeker, isForced: boolean): Pair {
  const isCreated = draft.targetId === null
  const pair = newPair(isCreated ? 'create' : 'update', draft.targetId)
  pair.claims = claimsOf(draft.target, seeker.plan)
  if (isCreated && !isForced) pair.candidates = []
  pair.isSent = true
  return pair
}

const NAMED = 10

function ambiguous(candidates: Candidate[]): RecordFault {
  const named = candidates.slice(0, NAMED).map(({ id }) => id)
  const more = candidates.length - named.length
  const message =
    `${candidates.length} records of the target could be this one: ${named.join(', ')}` +
    `${more > 0 ? ` and ${more} more` : ''}. Choose which it is, or create a new one.`
  return { code: 'AMBIGUOUS_MATCH', field: null, value: null, message }
}
