import { fileRows } from '../files/file_rows.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { StoredRecord } from '../store/stored_record.js'
import { appendValues } from './append_values.js'
import { checkRecord, findClash, valueRules } from './check_record.js'
import { planChildren, writeChildren } from './child_rows.js'
import { externalKeys, findExternal } from './external_keys.js'
import { recordInPath } from './find_record.js'
import { findHold } from './find_hold.js'
import { findStale } from './find_stale.js'
import { resolveLookups } from './resolve_lookups.js'
import { RowFault } from './row_reply.js'
import { readRows, writeContext, writeRows, writtenReply } from './write_rows.js'

type Place = (path: string) => Record<string, unknown>

function rowWriter(call: Call, placeOf: Place) {
  const { org } = call
  const table = call.table()
  const rules = valueRules(org)
  const context = writeContext(call)
  const keys = externalKeys(call)
  return (record: StoredRecord, sent: Record<string, unknown>, path: string) => {
    const row = { table, path, rules, isWhole: false }
    const held = findHold(record, placeOf(path))
    if (held) return held.reply
    const stale = findStale(call, record)
    if (stale) return stale.reply
    const input = resolveLookups(call, sent, keys, path)
    if (input instanceof RowFault) return input.reply
    const checked = checkRecord(input, row)
    if (checked instanceof RowFault) return checked.reply
    const appended = appendValues(input, checked, row, record)
    const values = fileRows(org, table, appended, path, record)
    if (values instanceof RowFault) return values.reply
    const clash = findClash(org, row, values, record)
    if (clash) return clash.reply
    const children = planChildren(org, input, row, record)
    if (children instanceof RowFault) return children.reply
    const match = { field: keys.own ?? 'id', value: keys.own ? record.values[keys.own] : record.id }
    org.store.update(table, record, values, { ...context, match })
    writeChildren(org, children, record.id, context)
    return writtenReply(call, record, 'update')
  }
}

export function updateRecords(call: Call): Reply {
  const table = call.table()
  const write = rowWriter(call, (path) => ({ api_name: 'id', json_path: `${path}.id` }))
  const { own } = externalKeys(call)
  const key = own ?? 'id'
  return writeRows(call, readRows(call), 200, (input, path) => {
    const where = { api_name: key, json_path: `${path}.${key}` }
    const sent = input[key]
    if (sent === undefined || sent === null) {
      return new RowFault('MANDATORY_NOT_FOUND', where).reply
    }
    const found = own === null ? table.byId.get(String(sent)) : findExternal(call, table, own, sent)
    const record = typeof sent === 'string' ? found : undefined
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
  const write = rowWriter(call, () => ({ resource_path_index: 1 }))
  return writeRows(call, rows, 200, (input, path) => write(record, input, path))
}
