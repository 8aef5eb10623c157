import type { Draft } from './draft.js'
import { isInPlace, type Link } from './ledger.js'
import type { Run } from './run.js'

/**
 * Unchanged or rejected from memory, without a credit. What an insert has created once is
 * never inserted again, whatever has changed.
 */
export function knownAlready(draft: Draft, link: Link, run: Run): 'unchanged' | 'rejected' | null {
  if (run.neverUpdates && (link.state === 'sent' || link.targetId !== null)) {
    return 'unchanged'
  }
  const { only, skipsUnchanged } = run.input
  if ((only !== null && !skipsUnchanged) || link.hash !== draft.hash) return null
  if (isInPlace(link.state)) return 'unchanged'
  return link.state === 'rejected' ? 'rejected' : null
}
