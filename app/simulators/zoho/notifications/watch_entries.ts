import type { RowReply } from '../records/row_reply.js'
import { ApiFault } from '../server/api_fault.js'
import { isObject, type Call, type Reply } from '../server/call.js'
import { WatchFault } from './watch_fault.js'

const MOST_ENTRIES = 50

function readEntries(call: Call) {
  const { watch } = call.json()
  const details = { api_name: 'watch', json_path: '$.watch' }
  if (watch === undefined) {
    throw new ApiFault(400, 'MANDATORY_NOT_FOUND', 'required field not found', details)
  }
  if (!Array.isArray(watch) || watch.length === 0) {
    const more = { ...details, expected_data_type: 'jsonarray' }
    throw new ApiFault(400, 'INVALID_DATA', 'invalid data', more)
  }
  if (watch.length <= MOST_ENTRIES) return watch as unknown[]
  throw new ApiFault(400, 'LIMIT_EXCEEDED', 'too many entries', { ...details, limit: MOST_ENTRIES })
}

export function watchReply(watch: readonly RowReply[], allOk: number): Reply {
  const failed = watch.filter(({ status }) => status === 'error').length
  const status = failed === 0 ? allOk : failed < watch.length ? 207 : 400
  return { status, body: { watch } }
}

/** Entries one after the other, each answered in its place. */
export function watchEntries(
  call: Call,
  allOk: number,
  work: (sent: Record<string, unknown>, path: string) => RowReply
): Reply {
  const replies = readEntries(call).map((sent, position) => {
    const path = `$.watch[${position}]`
    try {
      if (isObject(sent)) return work(sent, path)
      throw new WatchFault('INVALID_DATA', { expected_data_type: 'jsonobject', json_path: path })
    } catch (error) {
      if (error instanceof WatchFault) return error.reply
      throw error
    }
  })
  return watchReply(replies, allOk)
}
