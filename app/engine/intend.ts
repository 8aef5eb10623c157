import type { Slot } from './account.js'
import { linkRows } from './link_rows.js'
import type { Run } from './run.js'

/**
 * Notes what is about to be sent, where a restart must know of it: what must not be repeated
 * blindly, and with whom a record is paired before it changes what it was found by.
 */
export async function intend(run: Run, slots: Slot[], mayRepeat: boolean): Promise<void> {
  const noted = mayRepeat && run.seeker ? slots.filter(isNewlyPaired) : mayRepeat ? [] : slots
  if (noted.length > 0) await run.input.ledger.intend(linkRows(noted, 'sending'))
  if (run.seeker === null || run.isHalted) return
  for (const { pair } of slots) if (pair !== null) pair.isSent = true
}

function isNewlyPaired({ pair, draft }: Slot): boolean {
  return pair !== null && (pair.candidates !== null || pair.id !== draft.targetId)
}
