import type { WriteBatch } from '#sdk'
import type { Slot } from './account.js'
import type { Run } from './run.js'

/** Records of one lane as a route takes them. */
export function writeBatch(run: Run, slots: Slot[]): WriteBatch {
  return {
    stream: run.target,
    ...run.laneOf(slots[0]).writing,
    records: slots.map((slot) => slot.draft.target),
    json: slots.map((slot) => slot.draft.json),
    ids: slots.map((slot) => slot.draft.targetId),
    keys: slots.map((slot) => slot.draft.key),
    fields: run.fields,
    options: run.options,
  }
}
