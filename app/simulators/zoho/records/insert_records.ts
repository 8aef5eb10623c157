import { fileRows } from '../files/file_rows.js'
import type { Call, Reply } from '../server/call.js'
import { checkRecord, findClash, valueRules } from './check_record.js'
import { planChildren, writeChildren } from './child_rows.js'
import { externalKeys } from './external_keys.js'
import { resolveLookups } from './resolve_lookups.js'
import { RowFault } from './row_reply.js'
import { readRows, writeContext, writeRows, writtenReply } from './write_rows.js'

export function insertRecords(call: Call): Reply {
  const { org } = call
  const table = call.table()
  const rules = valueRules(org)
  const context = writeContext(call)
  const keys = externalKeys(call)
  return writeRows(call, readRows(call), 201, (sent, path) => {
    const row = { table, path, rules, isWhole: true, author: call.user.id }
    const input = resolveLookups(call, sent, keys, path)
    if (input instanceof RowFault) return input.reply
    const checked = checkRecord(input, row)
    if (checked instanceof RowFault) return checked.reply
    const values = fileRows(org, table, checked, path)
    if (values instanceof RowFault) return values.reply
    const clash = findClash(org, row, values)
    if (clash) return clash.reply
    const children = planChildren(org, input, row)
    if (children instanceof RowFault) return children.reply
    const record = org.store.insert(table, values, context)
    writeChildren(org, children, record.id, context)
    const reply = writtenReply(call, record, 'insert')
    return { ...reply, details: { ...reply.details, $approval_state: 'approved' } }
  })
}
