import { RowFault, type RowReply } from '../records/row_reply.js'
import { readRows, replyStatus } from '../records/write_rows.js'
import { ApiFault } from '../server/api_fault.js'
import { isObject, type Call, type Reply } from '../server/call.js'
import type { WriteContext } from '../store/record_store.js'
import { findRelated, linksOf, type Related } from './find_related.js'

const MOST_IDS = 100

type Change = (call: Call, related: Related, id: string, context: WriteContext) => void

const relate: Change = ({ org }, { record, table, field, between }, id, context) => {
  const other = table.byId.get(id)
  if (!between) {
    if (other) org.store.update(table, other, { [field]: record.id }, context)
    return
  }
  const { here, there } = between
  if (linksOf(between, record.id).some(({ values }) => values[there] === id)) return
  org.store.insert(between.table, { [here]: record.id, [there]: id }, context)
}

const unrelate: Change = ({ org }, { record, table, field, between }, id, context) => {
  const other = table.byId.get(id)
  if (!between) {
    if (other) org.store.update(table, other, { [field]: null }, context)
    return
  }
  for (const row of linksOf(between, record.id)) {
    if (row.values[between.there] === id) org.store.remove(between.table, row, context)
  }
}

function changeAll(call: Call, ids: readonly unknown[], change: Change, message: string): Reply {
  const related = findRelated(call)
  const context: WriteContext = {
    at: call.org.clock.now(),
    via: 'rest',
    trigger: null,
    match: null,
    searchLagMs: 0,
  }
  const data = ids.map((id, position): RowReply => {
    const path = `$.data[${position}].id`
    if (typeof id !== 'string' || !related.table.byId.has(id)) {
      const text = 'the related id given seems to be invalid'
      return new RowFault('INVALID_DATA', { id: id ?? null, json_path: path }, text).reply
    }
    change(call, related, id, context)
    return { code: 'SUCCESS', details: { id }, message, status: 'success' }
  })
  return { status: replyStatus(call, data, 200), body: { data } }
}

function idsInQuery({ query, params }: Call) {
  if (params.relatedId) return [params.relatedId]
  const ids = query.get('ids')
  if (!ids) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'ids',
    })
  }
  const listed = ids.split(',')
  if (listed.length <= MOST_IDS) return listed
  throw new ApiFault(400, 'LIMIT_EXCEEDED', 'too many ids', { param_name: 'ids', limit: MOST_IDS })
}

export function addRelated(call: Call): Reply {
  const { relatedId } = call.params
  const rows = relatedId ? [{ id: relatedId }] : readRows(call)
  const ids = rows.map((row) => (isObject(row) ? row.id : null))
  return changeAll(call, ids, relate, 'relation added')
}

export const removeRelated = (call: Call) =>
  changeAll(call, idsInQuery(call), unrelate, 'relation removed')
