import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { convertedTest } from '../leads/converted_test.js'
import { renderRecord } from '../store/render_record.js'
import type { StoredRecord } from '../store/stored_record.js'
import { externalKeys } from './external_keys.js'
import { recordByKey } from './find_record.js'
import { headerSecond } from './find_stale.js'
import { cutLong } from './cut_long.js'
import { readToken, writeToken } from './page_token.js'
import { readFields, readPaging } from './read_paging.js'
import { showFlags } from './show_flags.js'
import { viewTest } from './view_test.js'
import { countBefore, placeOf, sortRows, type RowOrder } from './sort_rows.js'

const MOST_BY_PAGE = 2_000
const MOST_BY_TOKEN = 100_000

function refuseParam(name: string, code = 'INVALID_DATA', message = 'invalid data') {
  return new ApiFault(400, code, message, { param_name: name })
}

function readOrder({ query }: Call): RowOrder {
  const by = query.get('sort_by') ?? 'id'
  const direction = query.get('sort_order') ?? 'desc'
  if (query.has('cvid') && query.has('sort_by')) {
    throw refuseParam('cvid', 'AMBIGUITY_DURING_PROCESSING', 'cvid and sort_by exclude each other')
  }
  if (by !== 'id' && by !== 'Created_Time' && by !== 'Modified_Time') throw refuseParam('sort_by')
  if (direction !== 'asc' && direction !== 'desc') throw refuseParam('sort_order')
  return { by, isAscending: direction === 'asc' }
}

const idOf = (call: Call, key: string) => recordByKey(call, key)?.id ?? ''

/** Rows in the wanted order, before paging. */
function selectRows(call: Call, order: RowOrder): StoredRecord[] {
  const table = call.table()
  const since = headerSecond(call, 'if-modified-since')
  const { modifiedSinceInclusive, idsPerGet } = call.org.options
  const keys = call.query.get('ids')?.split(',')
  const ids = keys && externalKeys(call).own ? keys.map((key) => idOf(call, key)) : keys
  if (ids && ids.length > idsPerGet) throw refuseParam('ids', 'LIMIT_EXCEEDED', 'too many ids')
  const wanted = ids && new Set(ids)
  const first = since === null ? -1 : since + (modifiedSinceInclusive ? 0 : 1)
  const cvid = call.query.get('cvid')
  const isShown = cvid === null ? () => true : viewTest(call, table, cvid)
  const isRight = convertedTest(call, table)
  const isWhole = since === null && !wanted && cvid === null && !isRight
  const passes = (record: StoredRecord) =>
    Math.floor(record.modifiedAt / 1000) >= first &&
    (!wanted || wanted.has(record.id)) &&
    (!isRight || isRight(record)) &&
    isShown(record)
  return sortRows(
    table,
    order,
    isWhole ? null : passes,
    `${first}|${ids?.join() ?? ''}|${cvid}|${call.user.id}|${call.query.get('converted')}`
  )
}

function readStart(call: Call, order: RowOrder, rows: readonly StoredRecord[]) {
  const { page, perPage } = readPaging(call)
  const token = readToken(call)
  if (!token) {
    if (page * perPage <= MOST_BY_PAGE) return { start: (page - 1) * perPage, perPage, page }
    throw refuseParam('page', 'DISCRETE_PAGINATION_LIMIT_EXCEEDED', 'use page_token beyond 2000')
  }
  if (token.given + perPage > MOST_BY_TOKEN) {
    throw refuseParam('page_token', 'PAGINATION_LIMIT_EXCEEDED', 'no more than 100000 records')
  }
  const before = countBefore(rows, order, token.last)
  const isStillThere = rows[before] !== undefined && rows[before].id === token.last.id
  const passed = isStillThere ? before + 1 : before
  const start = order.isAscending ? passed : rows.length - before
  return { start, perPage, page: Math.floor(token.given / perPage) + 1, given: token.given }
}

function cut(rows: readonly StoredRecord[], order: RowOrder, start: number, size: number) {
  if (order.isAscending) return rows.slice(start, start + size)
  const end = Math.max(0, rows.length - start)
  return rows.slice(Math.max(0, end - size), end).reverse()
}

export function listRecords(call: Call): Reply {
  const { org } = call
  const table = call.table()
  const fields = readFields(call)
  const order = readOrder(call)
  const rows = selectRows(call, order)
  const { start, perPage, page, given = start } = readStart(call, order, rows)
  if (rows.length === 0 && call.header('if-modified-since')) return { status: 304 }
  const shown = cut(rows, order, start, perPage)
  const last = shown.at(-1)
  if (!last) return { status: 204 }
  const isMore = rows.length > start + shown.length
  const next = isMore ? writeToken(call, given + shown.length, placeOf(order, last)) : null
  const info = {
    call: false,
    email: false,
    per_page: perPage,
    count: shown.length,
    page,
    sort_by: order.by,
    sort_order: order.isAscending ? 'asc' : 'desc',
    next_page_token: next?.text ?? null,
    previous_page_token: null,
    page_token_expiry: next ? org.zone.format(next.expiresAt) : null,
    more_records: isMore,
  }
  const flags = fields.filter((name) => name.startsWith('$'))
  const data = shown.map((record) => ({
    ...cutLong(table, renderRecord(org, table, record, fields)),
    ...(flags.length > 0 ? showFlags(table.module.apiName, record, flags) : {}),
  }))
  return { status: 200, body: { data, info } }
}
