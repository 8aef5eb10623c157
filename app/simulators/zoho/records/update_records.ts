import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { StoredRecord } from '../store/stored_record.js'
import { checkRecord, findClash, valueRules } from './check_record.js'
import { recordInPath } from './find_record.js'
import { findStale } from './find_stale.js'
import { RowFault } from './row_reply.js'
import { readRows, writeContext, writeRows, writtenReply } from './write_rows.js'

function rowWriter(call: Call) {
  const { org } = call
  const table = call.table()
  const rules = valueRules(org)
  const context = writeContext(call)
  return (record: StoredRecord, input: Record<string, unknown>, path: string) => {
    const stale = findStale(call, record)
    if (stale) return stale.reply
    const values = checkRecord(input, { table, path, rules, isWhole: false })
    if (values instanceof RowFault) return values.reply
    const clash = findClash(org, { table, path }, values, record)
    if (clash) return clash.reply
    const match = { field: 'id', value: record.id }
    org.store.update(table, record, values, { ...context, match })
    return writtenReply(call, record, 'update')
  }
}

export function updateRecords(call: Call): Reply {
  const table = call.table()
  const write = rowWriter(call)
  return writeRows(call, readRows(call), 200, (input, path) => {
    const where = { api_name: 'id', json_path: `${path}.id` }
    if (input.id === undefined || input.id === null) {
      return new RowFault('MANDATORY_NOT_FOUND', where).reply
    }
    const record = typeof input.id === 'string' ? table.byId.get(input.id) : undefined
    if (record) return write(record, input, path)
    return new RowFault('INVALID_DATA', where, 'the id given seems to be invalid').reply
  })
}

export function updateRecord(call: Call): Reply {
  const record = recordInPath(call)
  if (!record) {
    const details = { resource_path_index: 1 }
    throw new ApiFault(400, 'INVALID_DATA', 'the id given seems to be invalid', details)
  }
  const rows = readRows(call)
  if (rows.length > 1) {
    throw new ApiFault(400, 'LIMIT_EXCEEDED', 'one record is expected', { limit: 1 })
  }
  const write = rowWriter(call)
  return writeRows(call, rows, 200, (input, path) => write(record, input, path))
}
