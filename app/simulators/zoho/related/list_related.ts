import { readFields, readPaging } from '../records/read_paging.js'
import type { Call, Reply } from '../server/call.js'
import { renderRecord } from '../store/render_record.js'
import { findRelated, relatedRows } from './find_related.js'
import { readRelatedToken, writeRelatedToken } from './related_token.js'

function listOf(call: Call, name?: string): Reply {
  const fields = readFields(call)
  const related = findRelated(call, name)
  const { page, perPage } = readPaging(call)
  const rows = relatedRows(related)
  const start = readRelatedToken(call) ?? (page - 1) * perPage
  const shown = rows.slice(start, start + perPage)
  if (shown.length === 0) return { status: 204 }
  const isMore = rows.length > start + shown.length
  const info = {
    per_page: perPage,
    count: shown.length,
    page: Math.floor(start / perPage) + 1,
    next_page_token: isMore ? writeRelatedToken(call, start + shown.length) : null,
    more_records: isMore,
  }
  const data = shown.map((record) => renderRecord(call.org, related.table, record, fields))
  return { status: 200, body: { data, info } }
}

export const listRelated = (call: Call) => listOf(call)

export const listNotes = (call: Call) => listOf(call, 'Notes')
