import type { DuplicatePolicy } from '#sdk'
import type { Slot } from './account.js'
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
  const holder = holderOf(slot, owner)
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

function holderOf({ claimant }: Slot, owner: string): Slot | null {
  let slot = claimant
  while (slot !== null && slot.draft.key !== owner) slot = slot.overtakes ?? slot.claimant
  return slot
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
