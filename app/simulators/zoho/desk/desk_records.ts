import type { Reply } from '../server/call.js'
import { checkParams, sentObject, whole, type DeskCall } from './desk_call.js'
import { DeskFault, unprocessable } from './desk_fault.js'
import type { DeskRecord } from './helpdesk.js'
import { tellWebhooks } from './tell_webhooks.js'

const MOST = 99
const LISTED = 10

function page(rows: readonly DeskRecord[], start: number, limit: number): Reply {
  const data = rows.slice(start, start + limit)
  return data.length === 0 ? { status: 204 } : { status: 200, body: { data } }
}

/** From the first, which is 1. */
export function listRecords(call: DeskCall): Reply {
  const { desk, module, query } = call
  checkParams(call, ['from', 'limit', 'departmentId', 'sortBy', 'include'])
  const missing = module.asked.filter((name) => !query.has(name))
  if (missing.length > 0) throw unprocessable(missing, 'missing')
  const department = query.get('departmentId')
  const rows = [...desk.records(module.path).values()].filter(
    (record) => department === null || record.departmentId === department
  )
  const from = whole(call, 'from', 1, [1, Number.MAX_SAFE_INTEGER])
  return page(rows, from - 1, whole(call, 'limit', LISTED, [1, MOST]))
}

/** From the first, which is 0 here; by the time of the last change, oldest first. */
export function searchRecords(call: DeskCall): Reply {
  const { desk, module, query } = call
  checkParams(call, ['from', 'limit', 'modifiedTimeRange'])
  const range = (query.get('modifiedTimeRange') ?? '').split(',').map((text) => Date.parse(text))
  const [low, high] = range
  if (range.length !== 2 || range.some(Number.isNaN)) throw unprocessable(['modifiedTimeRange'])
  const timeOf = (record: DeskRecord) => Date.parse(String(record.modifiedTime))
  const rows = [...desk.records(module.path).values()]
    .filter((record) => timeOf(record) >= low && timeOf(record) <= high)
    .sort((a, b) => timeOf(a) - timeOf(b))
  const from = whole(call, 'from', 0, [0, 1_999])
  return page(rows, from, whole(call, 'limit', LISTED, [1, MOST]))
}

export function findRecord({ desk, module }: DeskCall, id: string) {
  const record = desk.records(module.path).get(id)
  if (record) return record
  throw new DeskFault(404, 'URL_NOT_FOUND', 'The URL you sent is not found')
}

/** Fields that must be there, and of a ticket somebody who asks. */
function demand({ desk, module }: DeskCall, record: Record<string, unknown>) {
  const isEmpty = (name: string) => (record[name] ?? '') === ''
  const missing = module.required.filter(isEmpty)
  const isTicket = module.path === 'tickets'
  if (isTicket && isEmpty('contactId') && isEmpty('contact')) missing.push('contactId')
  if (missing.length > 0) throw unprocessable(missing, 'missing')
  const { departmentId = desk.departmentId, contactId } = record
  if (departmentId !== desk.departmentId) throw unprocessable(['departmentId'])
  const isKnown = contactId === undefined || desk.records('contacts').has(String(contactId))
  if (!isKnown) throw unprocessable(['contactId'])
}

function store(call: DeskCall, sent: Record<string, unknown>, before?: DeskRecord) {
  const { desk, module } = call
  const merged = { ...before, ...sent, cf: { ...Object(before?.cf), ...Object(sent.cf) } }
  demand(call, merged)
  const now = new Date(desk.org.clock.now()).toISOString()
  const id = before?.id ?? desk.org.ids.next()
  const record: DeskRecord = {
    ...merged,
    id,
    createdTime: before?.createdTime ?? now,
    modifiedTime: now,
  }
  desk.records(module.path).set(id, record)
  tellWebhooks(call, before ? 'Update' : 'Add', record, before)
  return record
}

export const createRecord = (call: DeskCall): Reply => ({
  status: 200,
  body: store(call, sentObject(call)),
})

export const changeRecord = (call: DeskCall, id: string): Reply => ({
  status: 200,
  body: store(call, sentObject(call), findRecord(call, id)),
})

/** Deleting is moving to the trash, some at a time. */
export function trashRecords(call: DeskCall): Reply {
  const { desk, module } = call
  const ids = sentObject(call)[module.ids]
  if (!Array.isArray(ids) || ids.length === 0) throw unprocessable([module.ids], 'missing')
  const found = ids.map((id) => findRecord(call, String(id)))
  for (const record of found) {
    desk.records(module.path).delete(record.id)
    tellWebhooks(call, 'Delete', record)
  }
  return { status: 204 }
}
