import type { WriteBatch } from '#sdk'
import type { Slot } from './account.js'
import { lazyList } from './lazy_list.js'
import type { Run } from './run.js'
import { composedOf } from './stretches.js'

/** Here once: V8 drops the machine code of a function made anew for each batch with each sweep of the heap. */
const targetOf = ({ draft }: Slot) => draft.target
const jsonOf = ({ draft }: Slot) => draft.json
const targetIdOf = ({ draft }: Slot) => draft.targetId
const keyOf = ({ draft }: Slot) => draft.key
const draftOf = ({ draft }: Slot) => draft

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

/**
 * Those of a job, which may be too many to hold at once: their values are made out one after the
 * other as they are asked for.
 */
export function jobBatch(run: Run, slots: Slot[]): WriteBatch {
  const made: Partial<WriteBatch> = {}
  return {
    stream: run.target,
    ...run.laneOf(slots[0]).writing,
    records: lazyList(slots.length, (index) => slots[index].draft.target),
    json: lazyList(slots.length, (index) => slots[index].draft.json),
    get ids() {
      return (made.ids ??= slots.map(targetIdOf))
    },
    get keys() {
      return (made.keys ??= slots.map(keyOf))
    },
    fields: run.fields,
    options: run.options,
    get composed() {
      return composedOf(slots.map(draftOf)) ?? undefined
    },
  }
}
