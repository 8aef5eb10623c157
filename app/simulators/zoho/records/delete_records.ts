import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { WriteContext } from '../store/record_store.js'
import { removeRecord } from './child_rows.js'
import { recordByKey } from './find_record.js'
import { findHold } from './find_hold.js'
import { RowFault, type RowReply } from './row_reply.js'
import { authorOf, replyStatus } from './write_rows.js'

const MOST_IDS = 100

function removeAll(call: Call, ids: readonly string[]): Reply {
  const { org } = call
  const table = call.table()
  const trigger = call.query.get('wf_trigger') === 'false' ? [] : null
  const at = org.clock.now()
  const data = ids.map((id): RowReply => {
    const record = recordByKey(call, id)
    if (!record) return new RowFault('INVALID_DATA', { id }, 'record not deleted').reply
    const held = findHold(record, record.hold === 'waiting' ? {} : { id: record.id })
    if (held) return held.reply
    const match = { field: 'id', value: record.id }
    const by = authorOf(call)
    const context: WriteContext = { at, via: 'rest', trigger, match, searchLagMs: 0, by }
    removeRecord(org, table, record, context)
    return {
      code: 'SUCCESS',
      details: { id: record.id },
      message: 'record deleted',
      status: 'success',
    }
  })
  return { status: replyStatus(call, data, 200), body: { data } }
}

export function deleteRecords(call: Call): Reply {
  const ids = call.query.get('ids')?.split(',') ?? []
  if (ids.length === 0 || ids[0] === '') {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'ids',
    })
  }
  if (ids.length > MOST_IDS) {
    throw new ApiFault(400, 'LIMIT_EXCEEDED', 'too many ids', {
      param_name: 'ids',
      limit: MOST_IDS,
    })
  }
  return removeAll(call, ids)
}

export const deleteRecord = (call: Call) => removeAll(call, [call.params.id])
