import { ApiFault } from '../server/api_fault.js'
import { isObject, type Call, type Reply } from '../server/call.js'
import type { StoredRecord } from '../store/stored_record.js'
import type { WriteContext } from '../store/record_store.js'
import { RowFault, type RowReply } from './row_reply.js'

const MOST_RECORDS = 100

export function readRows(call: Call) {
  const { data } = call.json()
  if (data === undefined) {
    throw new ApiFault(400, 'MANDATORY_NOT_FOUND', 'required field not found', {
      api_name: 'data',
      json_path: '$.data',
    })
  }
  if (!Array.isArray(data) || data.length === 0) {
    throw new ApiFault(400, 'INVALID_DATA', 'invalid data', {
      expected_data_type: 'jsonarray',
      api_name: 'data',
      json_path: '$.data',
    })
  }
  if (data.length > MOST_RECORDS) {
    throw new ApiFault(400, 'LIMIT_EXCEEDED', 'the limit of records in one call is exceeded', {
      limit: MOST_RECORDS,
      api_name: 'data',
      json_path: '$.data',
    })
  }
  return data as unknown[]
}

export function rowCount(call: Call) {
  const { data } = call.json()
  return Array.isArray(data) ? Math.min(data.length, MOST_RECORDS) : 1
}

/** `trigger` as sent; null when the key is absent, so that all automations run. */
export function readTrigger(call: Call) {
  const { trigger } = call.json()
  if (trigger === undefined || trigger === null) return null
  if (Array.isArray(trigger)) return trigger.map(String)
  const details = { expected_data_type: 'jsonarray', api_name: 'trigger', json_path: '$.trigger' }
  throw new ApiFault(400, 'INVALID_DATA', 'invalid data', details)
}

/** Who writes, said only when it is not the org's first user. */
export function authorOf({ org, user }: Call) {
  return user.id === org.user.id ? undefined : user.id
}

export function writeContext(call: Call): WriteContext {
  const { org } = call
  const searchLagMs = call.fault('late_index')?.ms ?? org.options.searchLagMs
  const trigger = readTrigger(call)
  const by = authorOf(call)
  return { at: org.clock.now(), via: 'rest', trigger, match: null, searchLagMs, by }
}

function isInjected(call: Call, position: number) {
  const fault = call.fault('partial')
  if (!fault) return null
  if (!call.org.faults.strikesRow(fault, position)) return null
  const { code = 'INVALID_DATA', field, message, details } = fault
  const place = field ? { api_name: field, json_path: `$.data[${position}].${field}` } : {}
  return new RowFault(code, { ...place, ...details }, message).reply
}

export function replyStatus(call: Call, replies: readonly RowReply[], allOk: number) {
  const failed = replies.filter(({ status }) => status === 'error').length
  if (failed === 0) return allOk
  if (failed < replies.length) return 207
  const isStale = replies.every(({ code }) => code === 'ALREADY_MODIFIED')
  if (isStale) return 412
  const { allFailedStatus, oldAllFailedStatus } = call.org.options
  return call.version < 3 ? oldAllFailedStatus : allFailedStatus
}

type WriteRow = (row: Record<string, unknown>, path: string) => RowReply

/** Rows one after the other, each answered in its place. */
export function writeRows(
  call: Call,
  rows: readonly unknown[],
  allOk: number,
  write: WriteRow
): Reply {
  const data = rows.map((row, position) => {
    const path = `$.data[${position}]`
    const injected = isInjected(call, position)
    if (injected) return injected
    if (isObject(row)) return write(row, path)
    const details = { expected_data_type: 'jsonobject', json_path: path }
    return new RowFault('INVALID_DATA', details).reply
  })
  return { status: replyStatus(call, data, allOk), body: { data } }
}

export function writtenReply(call: Call, record: StoredRecord, action: 'insert' | 'update') {
  const { org } = call
  const { zone } = org
  const person = (id: string | null) => {
    const { name, id: own } = org.member(id ?? '')?.user ?? org.user
    return { name, id: own }
  }
  const reply: RowReply = {
    code: 'SUCCESS',
    details: {
      Modified_Time: zone.format(record.modifiedAt),
      Modified_By: person(record.modifiedBy),
      Created_Time: zone.format(record.createdAt),
      id: record.id,
      Created_By: person(record.createdBy),
    },
    message: action === 'insert' ? 'record added' : 'record updated',
    status: 'success',
  }
  return reply
}
