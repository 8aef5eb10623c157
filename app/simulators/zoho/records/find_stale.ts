import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import type { StoredRecord } from '../store/stored_record.js'
import { parseDatetime } from '../time/parse_time.js'
import { RowFault } from './row_reply.js'

/** The instant of a conditional header, in whole seconds as Zoho keeps time. */
export function headerSecond(call: Call, name: string) {
  const text = call.header(name)
  if (text === undefined) return null
  const at = parseDatetime(text)
  if (at !== null) return Math.floor(at / 1000)
  throw new ApiFault(400, 'INVALID_DATA', 'invalid data', {
    header: name,
    expected_data_type: 'datetime',
  })
}

/** A record changed after If-Unmodified-Since is not written. */
export function findStale(call: Call, record: StoredRecord | undefined) {
  const since = headerSecond(call, 'if-unmodified-since')
  if (!record || since === null || Math.floor(record.modifiedAt / 1000) <= since) return null
  return new RowFault('ALREADY_MODIFIED', { id: record.id }, 'Record is already modified')
}
