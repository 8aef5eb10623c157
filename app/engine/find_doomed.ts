import type { Slot } from './account.js'
import { concludeFault, concludeSent } from './conclude.js'
import { lookUp } from './doubt.js'
import { ASKED, paidFinding } from './find_cost.js'
import type { RecordFault } from './misfit.js'
import type { Outbox } from './outbox.js'
import type { Run } from './run.js'

/** Records to be deleted whose id nobody knows yet. What the target does not hold is done. */
export async function findDoomed(run: Run, dispatch: Outbox, slots: Slot[]): Promise<void> {
  const isByFields = run.match.by === 'fields'
  const canLookUp = isByFields && run.input.target.access.lookup !== undefined
  for (let start = 0; start < slots.length; start += ASKED) {
    const asked = slots.slice(start, start + ASKED)
    const answer = canLookUp ? await paidFinding(run, asked, () => lookUp(run, asked)) : null
    if (run.isHalted) return
    const known: Slot[] = []
    for (const [index, slot] of asked.entries()) {
      const id = answer?.found.get(index) ?? null
      if (answer?.several.has(index)) concludeFault(slot, 'rejected', AMBIGUOUS, false)
      else if (id !== null || (isByFields && !canLookUp)) {
        slot.draft.targetId = id
        known.push(slot)
      } else if (!isByFields || answer?.certain) concludeSent(slot, 'unchanged', null, 'deleted')
      else concludeFault(slot, 'failed', NOT_FOUND_YET, false)
    }
    dispatch.admit(known.map((slot) => ({ slot, verdict: 'send' })))
    dispatch.release(asked)
  }
}

export const AMBIGUOUS: RecordFault = {
  code: 'MATCH_AMBIGUOUS',
  field: null,
  value: null,
  message:
    'Several records of the target match this one, so none was deleted. ' +
    'Match by a field that is unique there, or delete by id.',
}

const NOT_FOUND_YET: RecordFault = {
  code: 'NOT_FOUND_YET',
  field: null,
  value: null,
  message:
    'The target found no such record, and cannot say for sure that there is none. ' +
    'It is looked for again in the next run.',
}
