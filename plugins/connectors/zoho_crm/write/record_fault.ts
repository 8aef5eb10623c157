import type { RecordOutcome } from '#sdk'
import type { VendorError } from '../api/vendor_error.js'
import { faultPlace } from './fault_place.js'
import { faultSentence } from './fault_sentence.js'

/** Codes that blame Zoho or the moment; the same record may pass later. */
const NOT_THE_RECORD = [
  'INTERNAL_ERROR',
  'INTERNAL_SERVER_ERROR',
  'TOO_MANY_REQUESTS',
  'CANNOT_PROCESS',
]

/** Several faults at once come nested; the first one names field and code, all are told. */
export function recordFault(index: number, error: VendorError): RecordOutcome {
  const nested = error.details?.errors ?? []
  const first = nested[0] ?? error
  const { field } = faultPlace(first)
  const all = nested.length > 0 ? nested : [error]
  const message = all.map(faultSentence).join(' ')
  const state = NOT_THE_RECORD.includes(first.code) ? 'failed' : 'rejected'
  return { index, state, code: first.code, message, ...(field ? { field } : {}) }
}
