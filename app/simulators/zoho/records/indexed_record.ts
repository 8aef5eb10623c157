import { StoredRecord } from '../store/stored_record.js'

/** The record as search knows it by now; null when it does not yet. */
export function indexedRecord(record: StoredRecord, now: number) {
  if (record.searchableAt <= now) return record
  const { id, indexed, createdAt, modifiedAt } = record
  return indexed && new StoredRecord(id, indexed, createdAt, modifiedAt, now)
}
