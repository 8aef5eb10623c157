import { outdateBefore, type Slot } from './account.js'
import { linkRows } from './link_rows.js'
import type { Outbox } from './outbox.js'
import type { Run } from './run.js'

/**
 * Notes what is about to be sent, where a restart must know of it: what must not be repeated
 * blindly, and with whom a record is paired before it changes what it was found by.
 */
export async function intend(
  run: Run,
  { settler }: Outbox,
  slots: Slot[],
  mayRepeat: boolean
): Promise<void> {
  const noted = mayRepeat && run.seeker ? slots.filter(isNewlyPaired) : mayRepeat ? [] : slots
  if (noted.some(({ before }) => before !== null)) {
    // What an earlier record of the key leaves must not be stored over it.
    await settler.exclusively(async () => {
      await note(run, noted)
      outdateBefore(noted)
    })
  } else if (noted.length > 0) await note(run, noted)
  if (run.seeker === null || run.isHalted) return
  for (const { pair } of slots) if (pair !== null) pair.isSent = true
}

function note({ input }: Run, slots: Slot[]): Promise<void> {
  return input.ledger.intend(linkRows(slots, 'sending'))
}

function isNewlyPaired({ pair, draft }: Slot): boolean {
  return pair !== null && (pair.candidates !== null || pair.id !== draft.targetId)
}
