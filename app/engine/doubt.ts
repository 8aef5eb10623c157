import type { Slot } from './account.js'
import { concludeFault, concludeSent } from './conclude.js'
import { NEVER_ARRIVED, UNCLEAR } from './faults.js'
import { ASKED, paidFinding } from './find_cost.js'
import type { Outbox } from './outbox.js'
import { LostReply } from './retry.js'
import { isFree, MORE_TRIES } from './send.js'
import type { Run } from './run.js'
import { searchAgain } from './search_again.js'
import { writeBatch } from './write_batch.js'

/** `several`: records that could be more than one of the target. */
type Answer = { found: Map<number, string>; several: Set<number>; certain: boolean }

/**
 * Records that may have been written although no reply says so. Only what the target proves to
 * be missing is sent again; what cannot be proved is left to a person.
 */
export async function resolveDoubt(run: Run, dispatch: Outbox, slots: Slot[]): Promise<void> {
  if (run.seeker) return searchAgain(run, dispatch, slots, run.seeker)
  for (let start = 0; start < slots.length; start += ASKED) {
    const asked = slots.slice(start, start + ASKED)
    const answer = await lookUp(run, asked)
    if (run.isHalted) return
    const missing: Slot[] = []
    for (const [index, slot] of asked.entries()) {
      const id = answer?.found.get(index)
      if (id !== undefined) {
        concludeSent(slot, run.operation === 'insert' ? 'created' : 'updated', id, 'sent')
      } else if (answer?.certain || (run.input.only !== null && slot.link?.state === 'unclear')) {
        if (slot.tries++ < MORE_TRIES && isFree(slot)) missing.push(slot)
        else concludeFault(slot, 'failed', NEVER_ARRIVED, true)
      } else concludeFault(slot, 'unclear', UNCLEAR, true)
    }
    dispatch.release(asked)
    dispatch.admit(missing.map((slot) => ({ slot, verdict: 'send' })))
  }
}

/** Records to be updated whose id nobody knows yet. */
export async function findIds(run: Run, dispatch: Outbox, slots: Slot[]): Promise<void> {
  const canLookUp = run.match.by === 'fields' && run.input.target.access.lookup !== undefined
  for (let start = 0; start < slots.length; start += ASKED) {
    const asked = slots.slice(start, start + ASKED)
    const answer = canLookUp ? await paidFinding(run, asked, () => lookUp(run, asked)) : null
    if (run.isHalted) return
    for (const [index, slot] of asked.entries()) {
      slot.draft.targetId = answer?.found.get(index) ?? null
      const isSendable = slot.draft.targetId !== null || (run.match.by === 'fields' && !canLookUp)
      if (isSendable) dispatch.admit([{ slot, verdict: 'send' }])
      else concludeFault(slot, 'rejected', NOT_FOUND, false)
    }
    dispatch.release(asked)
  }
}

export const NOT_FOUND = {
  code: 'NOT_FOUND',
  field: null,
  value: null,
  message:
    'The target has no such record to update. ' +
    'Create it there, or change the operation of the service to upsert.',
}

export async function lookUp(run: Run, slots: Slot[]): Promise<Answer | null> {
  const { lookup } = run.input.target.access
  if (!lookup) return null
  const answer = await run.patience.until(
    () => lookup(run.targetContext, writeBatch(run, slots)),
    true,
    () => run.isHalted
  )
  if (answer instanceof LostReply) return null
  const found = new Map<number, string>()
  const several = new Set<number>()
  const ids = new Set<string>()
  for (const { index, id } of answer.found) {
    if (found.has(index) && found.get(index) !== id) several.add(index)
    // One record of the target cannot stand for two of the source.
    if (!(index in slots) || found.has(index) || ids.has(id)) continue
    found.set(index, id)
    ids.add(id)
  }
  const isClear = found.size === answer.found.length
  return { found, several, certain: answer.certain && isClear }
}
