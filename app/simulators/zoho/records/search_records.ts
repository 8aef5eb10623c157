import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { DataType } from '../metadata/field_definition.js'
import { convertedTest } from '../leads/converted_test.js'
import { renderRecord } from '../store/render_record.js'
import type { StoredRecord } from '../store/stored_record.js'
import { approvedTest } from './approved_test.js'
import { externalKeys } from './external_keys.js'
import { indexedRecord } from './indexed_record.js'
import { matchCriteria } from './match_criteria.js'
import { CriteriaParser } from './parse_criteria.js'
import { limitFields, readPaging } from './read_paging.js'
import { showFlags } from './show_flags.js'

const MOST_ROWS = 2_000

function valuesOf(call: Call, { values }: StoredRecord, types: readonly DataType[]) {
  return call
    .table()
    .module.fields.filter(({ dataType }) => types.includes(dataType))
    .map(({ apiName }) => String(values[apiName] ?? '').toLowerCase())
}

const digits = (text: string) => text.replaceAll(/\D/g, '')

/** The first of criteria, email, phone and word that is given. */
export function searchTest(call: Call): (record: StoredRecord) => boolean {
  const { query, org } = call
  const criteria = query.get('criteria')
  if (criteria) {
    const { own } = externalKeys(call)
    return matchCriteria({ org, table: call.table(), own }, new CriteriaParser(criteria).parse())
  }
  const email = query.get('email')?.toLowerCase()
  if (email) return (record) => valuesOf(call, record, ['email']).includes(email)
  const phone = query.get('phone')
  if (phone) {
    return (record) =>
      valuesOf(call, record, ['phone']).some((value) => digits(value) === digits(phone))
  }
  const word = query.get('word')?.toLowerCase()
  if (word && word.length >= 2) {
    return (record) =>
      valuesOf(call, record, ['text', 'email', 'phone', 'textarea']).some((value) =>
        value.includes(word)
      )
  }
  throw new ApiFault(400, 'EXPECTED_PARAM_MISSING', 'One of the expected parameter is missing', {
    param_names: ['criteria', 'email', 'phone', 'word'],
  })
}

export function searchRecords(call: Call): Reply {
  const { org, query } = call
  const table = call.table()
  const test = searchTest(call)
  const isRight = convertedTest(call, table)
  const isApproved = approvedTest(call)
  const { page, perPage } = readPaging(call)
  if (page * perPage > MOST_ROWS) {
    throw new ApiFault(400, 'LIMIT_REACHED', 'no more than 2000 records', { limit: MOST_ROWS })
  }
  const now = org.clock.now()
  const found: StoredRecord[] = []
  for (const record of table.rows()) {
    const known = indexedRecord(record, now)
    const isShown = isApproved(record) && (!isRight || isRight(record))
    if (known && isShown && test(known)) found.push(record)
    if (found.length > page * perPage) break
  }
  const shown = found.slice((page - 1) * perPage, page * perPage)
  if (shown.length === 0) return { status: 204 }
  const fields = query.get('fields')?.split(',')
  const wanted = fields && limitFields(fields)
  const data = shown.map((record) => ({
    ...renderRecord(org, table, record, wanted),
    ...(wanted ? showFlags(table.module.apiName, record, wanted) : {}),
  }))
  const isMore = found.length > page * perPage
  const info = { per_page: perPage, count: shown.length, page, more_records: isMore }
  return { status: 200, body: { data, info } }
}
