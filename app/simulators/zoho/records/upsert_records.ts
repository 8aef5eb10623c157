import { fileRows } from '../files/file_rows.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord, StoredValues } from '../store/stored_record.js'
import { appendValues } from './append_values.js'
import { checkRecord, findClash, valueRules } from './check_record.js'
import { planChildren, writeChildren } from './child_rows.js'
import { externalKeys } from './external_keys.js'
import { findHold } from './find_hold.js'
import { findOwn } from './find_own.js'
import { findStale } from './find_stale.js'
import { resolveLookups } from './resolve_lookups.js'
import { RowFault } from './row_reply.js'
import { readRows, writeContext, writeRows, writtenReply } from './write_rows.js'

function refuseField(position: number) {
  return new ApiFault(400, 'INVALID_DATA', 'invalid data', {
    api_name: 'duplicate_check_fields',
    json_path: `$.duplicate_check_fields[${position}]`,
  })
}

/** Given fields first, then the user's other unique fields; the system's own only if given or none is. */
function checkOrder(call: Call, table: ModuleTable) {
  const { duplicate_check_fields: given } = call.json()
  const unique = table.uniqueIndexes.map(({ field }) => field)
  const system = table.module.duplicateField
  if (given === undefined || given === null) {
    return [...new Set(system ? [system, ...unique] : unique)]
  }
  if (!Array.isArray(given)) throw refuseField(0)
  const named = given.map((name: unknown, position) => {
    if (typeof name !== 'string' || !table.indexes.has(name)) throw refuseField(position)
    return name
  })
  if (named.length === 0) return [...new Set(system ? [system, ...unique] : unique)]
  return [...new Set([...named, ...unique])]
}

function findMatch(call: Call, order: readonly string[], values: StoredValues) {
  const seeker = { org: call.org, table: call.table(), author: call.user.id }
  for (const field of order) {
    const record = findOwn(seeker, field, values[field])
    if (record) return { record, field }
  }
  return null
}

/** Refuses a row by whose key the call has written already, where the org is set so. */
function repeatGuard({ org }: Call) {
  const written = new Set<StoredRecord>()
  return {
    note: (record: StoredRecord) => written.add(record),
    find(match: ReturnType<typeof findMatch>, path: string) {
      if (org.options.repeatedKeys === 'in_turn' || !match || !written.has(match.record))
        return null
      const { field } = match
      return new RowFault('DUPLICATE_DATA', { api_name: field, json_path: `${path}.${field}` })
    },
  }
}

export function upsertRecords(call: Call): Reply {
  const { org } = call
  const table = call.table()
  if (!table.module.isUpsertable) {
    throw new ApiFault(400, 'NOT_SUPPORTED', 'Upsert is not supported for this module')
  }
  const rows = readRows(call)
  const order = checkOrder(call, table)
  const rules = valueRules(org)
  const context = writeContext(call)
  const keys = externalKeys(call)
  const repeats = repeatGuard(call)
  return writeRows(call, rows, 200, (sent, path) => {
    const isWhole = org.options.upsertRequiresMandatory
    const row = { table, path, rules, isWhole, author: call.user.id }
    const input = resolveLookups(call, sent, keys, path)
    if (input instanceof RowFault) return input.reply
    const checked = checkRecord(input, row)
    if (checked instanceof RowFault) return checked.reply
    const found = findMatch(call, order, checked)
    const repeated = repeats.find(found, path)
    if (repeated) return repeated.reply
    const appended = found ? appendValues(input, checked, row, found.record) : checked
    const values = fileRows(org, table, appended, path, found?.record)
    if (values instanceof RowFault) return values.reply
    const held = findHold(found?.record, { api_name: 'id', json_path: `${path}.id` })
    const clash =
      held ?? findStale(call, found?.record) ?? findClash(org, row, values, found?.record)
    if (clash) return clash.reply
    if (!found && !isWhole) {
      const whole = checkRecord(input, { ...row, isWhole: true })
      if (whole instanceof RowFault) return whole.reply
    }
    const children = planChildren(org, input, row, found?.record)
    if (children instanceof RowFault) return children.reply
    const match = found && { field: found.field, value: input[found.field] }
    const record = found ? found.record : org.store.insert(table, values, context)
    if (found) org.store.update(table, record, values, { ...context, match })
    writeChildren(org, children, record.id, context)
    repeats.note(record)
    const action = found ? 'update' : 'insert'
    const duplicate = { duplicate_field: found?.field ?? null, action } as const
    return { ...writtenReply(call, record, action), ...duplicate }
  })
}
