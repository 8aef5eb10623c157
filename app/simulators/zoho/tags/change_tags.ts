import { replyStatus, writeContext } from '../records/write_rows.js'
import { RowFault, type RowReply } from '../records/row_reply.js'
import { ApiFault } from '../server/api_fault.js'
import { isObject, type Call, type Reply } from '../server/call.js'
import { TAG, tagId, tagsOf } from './tags_of.js'

const MOST_RECORDS = 100
const MOST_TAGS = 10
const PER_CREDIT = 50
/** Tags of one record. */
const MOST_KEPT = 10
const LONGEST = 25

function sentIds(call: Call): string[] {
  if (call.params.id) return [call.params.id]
  const { ids } = call.json()
  const sent = Array.isArray(ids) ? ids.map(String) : (call.query.get('ids')?.split(',') ?? [])
  return sent.filter((id) => id !== '')
}

/** One credit for fifty records. */
export const tagCost = (call: Call) => Math.max(1, Math.ceil(sentIds(call).length / PER_CREDIT))

function demandIds(call: Call) {
  const ids = sentIds(call)
  if (ids.length === 0) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'ids',
    })
  }
  if (ids.length <= MOST_RECORDS) return ids
  throw new ApiFault(400, 'LIMIT_EXCEEDED', 'too many ids', {
    param_name: 'ids',
    limit: MOST_RECORDS,
  })
}

function demandNames(call: Call): string[] {
  const { tags } = call.json()
  const details = { api_name: 'tags', json_path: '$.tags' }
  if (!Array.isArray(tags) || tags.length === 0) {
    throw new ApiFault(400, 'MANDATORY_NOT_FOUND', 'required field not found', details)
  }
  if (tags.length > MOST_TAGS) {
    throw new ApiFault(400, 'LIMIT_EXCEEDED', 'too many tags', { ...details, limit: MOST_TAGS })
  }
  return tags.map((tag, at) => {
    const name = isObject(tag) ? tag.name : undefined
    if (typeof name === 'string' && name !== '' && name.length <= LONGEST) return name
    const path = { api_name: 'name', json_path: `$.tags[${at}].name`, maximum_length: LONGEST }
    throw new ApiFault(400, 'INVALID_DATA', 'invalid data', path)
  })
}

function change(
  call: Call,
  message: string,
  apply: (before: string[], names: string[]) => string[]
): Reply {
  const table = call.table()
  const names = demandNames(call)
  const context = writeContext(call)
  const data = demandIds(call).map((id): RowReply => {
    const record = table.byId.get(id)
    if (!record)
      return new RowFault('INVALID_DATA', { id }, 'the id given seems to be invalid').reply
    const tags = apply(tagsOf(record), names)
    if (tags.length > MOST_KEPT) {
      return new RowFault('LIMIT_EXCEEDED', { id, limit: MOST_KEPT }, 'too many tags').reply
    }
    call.org.store.update(table, record, { [TAG]: tags }, context)
    const shown = tags.map((name) => ({ name, id: tagId(call.org, table.module.apiName, name) }))
    return { code: 'SUCCESS', details: { id, tags: shown }, message, status: 'success' }
  })
  return { status: replyStatus(call, data, 200), body: { data } }
}

/** Adds to the tags of records, or with `over_write` replaces them. */
export const addTags = (call: Call) =>
  change(call, 'tags updated successfully', (before, names) =>
    call.json().over_write === true ? names : [...new Set([...before, ...names])]
  )

export const removeTags = (call: Call) =>
  change(call, 'tags removed successfully', (before, names) =>
    before.filter((name) => !names.includes(name))
  )
