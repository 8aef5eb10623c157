import type { WriteBatch } from '#sdk'
import type { Slot } from './account.js'
import type { Run } from './run.js'

/** Here once: V8 drops the machine code of a function made anew for each batch with each sweep of the heap. */
const targetOf = ({ draft }: Slot) => draft.target
const jsonOf = ({ draft }: Slot) => draft.json
const targetIdOf = ({ draft }: Slot) => draft.targetId
const keyOf = ({ draft }: Slot) => draft.key

/** Records of one lane as a route takes them. */
export function writeBatch(run: Run, slots: Slot[]): WriteBatch {
  return {
    stream: run.target,
    ...run.laneOf(slots[0]).writing,
    records: slots.map(targetOf),
    json: slots.map(jsonOf),
    ids: slots.map(targetIdOf),
    keys: slots.map(keyOf),
    fields: run.fields,
    options: run.options,
  }
}
