import type { Reply } from '../server/call.js'
import { header, sentDocument, type BookCall } from './book_call.js'
import { BookFault, invalidValue } from './book_fault.js'
import type { BookRecord } from './bookkeeping.js'

const isRow = (value: unknown): value is BookRecord => typeof value === 'object' && value !== null

/** Own fields by their API names, beside the list that they are sent in. */
function customFields(sent: BookRecord) {
  const list = sent.custom_fields
  if (list === undefined) return {}
  if (!Array.isArray(list) || !list.every(isRow)) throw invalidValue('custom_fields')
  const named = list.flatMap((field) => {
    const name = field.api_name ?? field.customfield_id ?? field.label ?? field.index
    return name === undefined ? [] : [[String(name), field.value ?? '']]
  })
  return { custom_field_hash: Object.fromEntries(named) as BookRecord }
}

/** Lines are sent whole: one with an id stays, one without is new, one left out is gone. */
function lineItems({ books }: BookCall, sent: BookRecord, before: BookRecord) {
  if (sent.line_items === undefined) return {}
  if (!Array.isArray(sent.line_items) || !sent.line_items.every(isRow)) {
    throw invalidValue('line_items')
  }
  const known = Array.isArray(before.line_items) ? before.line_items.filter(isRow) : []
  const lines = sent.line_items.map((line: BookRecord) => {
    const { line_item_id: id = null } = line
    if (id === null) return { ...line, line_item_id: books.org.ids.next() }
    const own = known.find((other) => other.line_item_id === id)
    if (!own) throw invalidValue('line_item_id')
    return { ...own, ...line }
  })
  return { line_items: lines }
}

function demand({ books, resource }: BookCall, record: BookRecord) {
  const isMissing = (name: string) =>
    record[name] === undefined || record[name] === null || record[name] === ''
  const missing = resource.required.find(isMissing)
  if (missing !== undefined) throw invalidValue(missing)
  const { contact } = resource
  if (contact && !books.shelf('contacts').has(String(record[contact]))) throw invalidValue(contact)
}

function told({ resource }: BookCall, status: number, record: BookRecord, verb: string): Reply {
  const message = verb === '' ? 'success' : `The ${resource.label.toLowerCase()} has been ${verb}.`
  return { status, body: { code: 0, message, [resource.one]: record } }
}

export function findDocument({ books, resource }: BookCall, id: string): BookRecord {
  const record = books.shelf(resource.path).get(id)
  if (record) return record
  throw new BookFault(404, 1002, `${resource.label} does not exist.`)
}

export const showDocument = (call: BookCall, id: string) =>
  told(call, 200, findDocument(call, id), '')

function write(call: BookCall, sent: BookRecord, before: BookRecord): BookRecord {
  const { books, resource } = call
  const { org } = books
  const now = org.zone.format(org.clock.now())
  const merged = { ...before, ...sent, ...customFields(sent), ...lineItems(call, sent, before) }
  demand(call, merged)
  const id = String(before[resource.id] ?? org.ids.next())
  const createdTime = before.created_time ?? now
  const record = {
    ...merged,
    [resource.id]: id,
    created_time: createdTime,
    last_modified_time: now,
  }
  books.shelf(resource.path).set(id, record)
  return record
}

const FRESH = { status: 'draft' }

export const createDocument = (call: BookCall) =>
  told(call, 201, write(call, sentDocument(call), { ...FRESH }), 'created')

export const updateDocument = (call: BookCall, id: string) =>
  told(call, 200, write(call, sentDocument(call), findDocument(call, id)), 'updated')

/** By a field of one's own that is unique; made where there is none, if the call says so. */
export function upsertDocument(call: BookCall): Reply {
  const key = header(call, 'x-unique-identifier-key')
  const value = header(call, 'x-unique-identifier-value')
  if (!key || value === undefined) throw invalidValue('X-Unique-Identifier-Key')
  const records = [...call.books.shelf(call.resource.path).values()]
  const found = records.find(({ custom_field_hash: fields }) => {
    return isRow(fields) && String(fields[key]) === value
  })
  const sent = sentDocument(call)
  if (found) return told(call, 200, write(call, sent, found), 'updated')
  if (header(call, 'x-upsert') !== 'true') {
    throw new BookFault(404, 1002, `${call.resource.label} does not exist.`)
  }
  const named = { custom_fields: [{ api_name: key, value }], ...sent }
  return told(call, 201, write(call, named, { ...FRESH }), 'created')
}

export function removeDocument(call: BookCall, id: string): Reply {
  findDocument(call, id)
  call.books.shelf(call.resource.path).delete(id)
  const message = `The ${call.resource.label.toLowerCase()} has been deleted.`
  return { status: 200, body: { code: 0, message } }
}

const STATES = ['sent', 'void', 'draft', 'active', 'inactive']

/** `status/sent` of an invoice, `active` of a contact. */
export function markDocument(call: BookCall, id: string, status: string): Reply {
  if (!STATES.includes(status)) throw new BookFault(404, 5, 'Invalid URL Passed')
  Object.assign(findDocument(call, id), { status })
  return { status: 200, body: { code: 0, message: `Status changed to ${status}.` } }
}
