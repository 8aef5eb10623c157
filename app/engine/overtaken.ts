import { PageAccount, Slot } from './account.js'
import { BEHIND, isInPlace, type Link } from './ledger.js'

/** What the ledger knows of a record that was settled before, as one that can be overtaken. */
export function settledSlot(key: string, match: string, link: Link): Slot {
  const account = new PageAccount(-1, null)
  account.isSettled = true
  const { targetId, hash } = link
  const draft = { key, match, targetId, hash, source: {}, target: {}, json: '' }
  const slot = new Slot(draft, account, link)
  slot.isDone = true
  slot.result = link
  return slot
}

/**
 * Another hash, so that the record is sent again once nobody holds its match value any more. No
 * digest begins so; the ledger forgets the target's id with it, which is its overtaker's now.
 */
export function hashBehind(hash: string): string {
  return BEHIND + hash.slice(BEHIND.length)
}

/** The record that was overtaken keeps its link and no longer holds the match value. */
export function leaveBehind(overtaker: Slot, overtaken: Slot, order: number): void {
  const { account } = overtaker
  const { draft, result, link } = overtaken
  if (result === null) return
  const left = new Slot(draft, account, link)
  left.isDone = true
  account.hasRepeats = true
  if (!overtaken.account.isSettled) {
    left.before = overtaken
    account.settleAfter(overtaken.account)
    const isHealed = link !== null && !isInPlace(link.state) && isInPlace(result.state)
    if (isHealed) account.healed.push(draft.key)
  }
  overtaker.left = left
  account.order.push(order)
  account.slots.push(left)
  account.links.keys.push(draft.key)
  account.links.matches.push(null)
  account.links.targetIds.push(null)
  account.links.hashes.push(hashBehind(result.hash))
  account.links.states.push(result.state)
}
