import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import type { StoredRecord } from '../store/stored_record.js'

/** Records that wait for approval are found only where they are asked for. */
export function approvedTest({ query }: Call): (record: StoredRecord) => boolean {
  const approved = query.get('approved') ?? 'true'
  if (approved === 'both') return () => true
  if (approved === 'true') return ({ hold }) => hold !== 'waiting'
  if (approved === 'false') return ({ hold }) => hold === 'waiting'
  throw new ApiFault(400, 'INVALID_DATA', 'invalid data', { param_name: 'approved' })
}
