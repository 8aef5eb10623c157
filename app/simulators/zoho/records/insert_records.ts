import type { Call, Reply } from '../server/call.js'
import { checkRecord, findClash, valueRules } from './check_record.js'
import { RowFault } from './row_reply.js'
import { readRows, writeContext, writeRows, writtenReply } from './write_rows.js'

export function insertRecords(call: Call): Reply {
  const { org } = call
  const table = call.table()
  const rules = valueRules(org)
  const context = writeContext(call)
  return writeRows(call, readRows(call), 201, (input, path) => {
    const values = checkRecord(input, { table, path, rules, isWhole: true })
    if (values instanceof RowFault) return values.reply
    const clash = findClash(org, { table, path }, values)
    if (clash) return clash.reply
    const reply = writtenReply(call, org.store.insert(table, values, context), 'insert')
    return { ...reply, details: { ...reply.details, $approval_state: 'approved' } }
  })
}
