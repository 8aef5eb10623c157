import type { Slot } from './account.js'
import type { Link, LinkRows } from './ledger.js'

export function linkRows(slots: Slot[], state: Link['state']): LinkRows {
  return {
    keys: slots.map((slot) => slot.draft.key),
    matches: slots.map(({ pair, draft }) => (pair ? draft.targetId : draft.match || null)),
    targetIds: slots.map((slot) => slot.draft.targetId),
    hashes: slots.map((slot) => slot.draft.hash),
    states: slots.map(() => state),
  }
}
