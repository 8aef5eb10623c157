import type { RecordOutcome } from '#sdk'
import type { Fault } from './outgoing.js'

/** For an update of a record that Zoho does not have, or that nobody has told the id of. */
export const UNKNOWN_RECORD: Fault = {
  state: 'rejected',
  code: 'UNKNOWN_RECORD',
  message:
    'No Zoho record is known for this one, so there is nothing to update. Choose upsert to create what is missing.',
}

export function unknownRecord(index: number): RecordOutcome {
  return { index, ...UNKNOWN_RECORD }
}
