import type { DuplicatePolicy } from '#sdk'
import { awaitSlot, follow, type Slot } from './account.js'
import type { Draft } from './draft.js'
import { isInPlace, type Matched } from './ledger.js'
import { hashBehind, settledSlot } from './overtaken.js'
import type { RecordFault } from './misfit.js'
import type { Run } from './run.js'

/** What the ledger knows of a record, and of the one that holds its match value. */
export interface Twin extends Matched {
  holder?: Slot | null
}

/** Asks the ledger for those whose match values later records may take over. */
export async function askHolders(
  drafts: Draft[],
  known: Matched[],
  { input, overtakers }: Run
): Promise<Twin[]> {
  const owned = known.flatMap(({ owner }, index) => (owner === null ? [] : [{ owner, index }]))
  if (owned.length === 0) return known
  const owners = [...new Set(owned.map(({ owner }) => owner))]
  const answers = await input.ledger.match(
    owners,
    owners.map(() => null)
  )
  const links = new Map(owners.map((owner, index) => [owner, answers[index].link]))
  const twins: Twin[] = [...known]
  for (const { owner, index } of owned) {
    const link = links.get(owner) ?? null
    if (link === null) continue
    // One that is still to be read must not take itself for known when its turn comes.
    const hash = overtakers.has(owner) ? link.hash : ''
    const match = drafts[index].match ?? ''
    twins[index] = { ...known[index], holder: settledSlot(owner, match, { ...link, hash }) }
  }
  return twins
}

/**
 * What becomes of a record whose match value another holds: it is left out, or it takes over. Null
 * where it is at fault.
 */
export function judgeTwin(slot: Slot, policy: DuplicatePolicy, run: Run): 'out' | 'over' | null {
  const { owner, link, draft } = slot
  if (policy === 'reject' || owner === null || slot.faults || run.operation === 'delete')
    return null
  if (policy === 'first') return 'out'
  const holder = holderOf(slot, owner, run)
  const isRead = holder !== null && (!holder.account.isSettled || run.overtakers.has(owner))
  // It was overtaken before and has not changed since.
  const isBehind = link !== null && isInPlace(link.state) && link.hash === hashBehind(draft.hash)
  if (isBehind && !isRead && run.input.only === null) return 'out'
  slot.overtakes = holder
  slot.owner = null
  run.overtakers.add(draft.key)
  run.overtaken.add(owner)
  // It is written to the record of the one it overtakes, which its match value finds.
  draft.targetId = null
  return 'over'
}

/**
 * Null where it was written again since, with another value: then it holds this one no more. One
 * that only waits to be may be settled later than this, and the ledger must not know two holders.
 */
function holderOf({ claimant, draft }: Slot, owner: string, { window }: Run): Slot | null {
  let slot = claimant
  while (slot !== null && slot.draft.key !== owner) slot = slot.overtakes ?? slot.claimant
  const last = window.ofKey(owner)
  return last?.isDone && hasMoved(last, draft.match) ? null : slot
}

function hasMoved(last: Slot | undefined, match: string | null): boolean {
  return last !== undefined && last.draft.match !== match
}

/** For a record that a job carries since an earlier attempt, after those that it carries before. */
export function adoptTwin(slot: Slot, holder: Slot | null, run: Run): void {
  const { window } = run
  const { match, key } = slot.draft
  const earlier = match ? window.ofMatch(match) : undefined
  if (earlier && earlier.draft.key !== key) earlier.owner = key
  const heir = window.heirs.get(key)
  if (heir && heir.draft.match !== match) {
    if (heir.account === slot.account) heir.overtakes = null
    else slot.account.settleAfter(heir.account)
  }
  const last = holder === null ? undefined : window.ofKey(holder.draft.key)
  if (last) slot.account.settleAfter(last.account)
  if (holder === null || hasMoved(last, match)) return
  slot.overtakes = holder
  run.overtaken.add(holder.draft.key)
  window.heirs.set(holder.draft.key, slot)
}

/**
 * A record whose match value is another's next must not be written again, with a new one, before
 * that has taken the old one over.
 */
export function awaitHeir(slot: Slot, { window }: Run): void {
  const { claimant, draft } = slot
  const heir = window.heirs.get(draft.key)
  if (heir?.isDone === false) awaitSlot(slot, heir)
  else if (heir?.left?.draft.key === draft.key) follow(slot, heir.left)
  if (claimant === null || claimant.draft.key === draft.key) return
  // What has moved on already leaves nothing to inherit.
  if (claimant.draft.match === draft.match) window.heirs.set(claimant.draft.key, slot)
}

/** Why a preview leaves a record out: another one has its match value. Null where it does not. */
export function leftOutFor(slot: Slot, skipped: Set<Slot>, run: Run): RecordFault | null {
  if (run.seeker || run.duplicates === 'reject') return null
  const isWaiting = slot.waits > 0 && slot.claimant !== null && run.duplicates === 'first'
  if (!isWaiting && !skipped.has(slot)) return null
  const holder = slot.owner ?? slot.claimant?.draft.key ?? ''
  const message =
    `The record '${holder}' has the same match value, and the service takes ` +
    (run.duplicates === 'first' ? 'the first one.' : 'the last one, which it is.')
  return { code: 'DUPLICATE_IN_SOURCE', field: null, value: slot.draft.match, message }
}
