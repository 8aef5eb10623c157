import type { StoredRecord } from '../store/stored_record.js'
import { RowFault } from './row_reply.js'

/** Why a record that somebody locked, or that waits for approval, is not changed. */
export function findHold(record: StoredRecord | undefined, details: Record<string, unknown>) {
  if (record?.hold === 'locked') {
    const message = 'Sorry, you cannot perform this operation as the record is locked.'
    return new RowFault('RECORD_LOCKED', { ...details, action: 'record_locking' }, message)
  }
  if (record?.hold !== 'waiting') return null
  const message = 'Cannot update record that is not approved yet'
  return new RowFault('NOT_APPROVED', details, message)
}
