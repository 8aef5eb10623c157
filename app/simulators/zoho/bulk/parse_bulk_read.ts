import { findView } from '../metadata/find_view.js'
import { ApiFault } from '../server/api_fault.js'
import { isObject, type Call } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { BulkReadQuery, FileType } from './bulk_read_query.js'
import { readReadToken } from './bulk_read_token.js'
import { checkCallback } from './check_callback.js'
import { compileReadCriteria } from './compile_read_criteria.js'
import { readColumns } from './read_columns.js'

type Sent = Record<string, unknown>
type Asker = Pick<Call, 'org' | 'user'>

const NEVER_READ = ['Notes', 'Attachments', 'Emails']

function refuse(code: string, message: string, details: Sent = {}) {
  return new ApiFault(400, code, message, details)
}

export function readTableOf(org: SimulatedOrg, name: string) {
  const table = NEVER_READ.includes(name) ? undefined : org.store.tables.get(name)
  if (table) return table
  throw refuse('MODULE_NOT_AVAILABLE', 'the module is not available for bulk read', {
    api_name: 'module',
    json_path: '$.query.module',
  })
}

function readNames(fields: unknown) {
  if (fields === undefined || fields === null) return []
  if (Array.isArray(fields) && fields.every((name) => typeof name === 'string')) return fields
  throw refuse('INVALID_DATA', 'invalid data', { api_name: 'fields', json_path: '$.query.fields' })
}

function readPage(org: SimulatedOrg, page: unknown) {
  const details = { api_name: 'page', json_path: '$.query.page' }
  if (page === undefined || page === null) return 1
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 1) {
    throw refuse('INVALID_DATA', 'invalid data', { ...details, expected_data_type: 'integer' })
  }
  const most = org.options.bulkReadMostPages
  if (page <= most) return page
  throw refuse('PAGE_RANGE_EXCEEDED', 'the page is out of range', { ...details, max_limit: most })
}

/** `query` of the call; a page token brings the whole query along and stands alone. */
function readQuery({ org, user }: Asker, query: Sent): BulkReadQuery {
  if (query.page_token !== undefined) {
    const others = Object.keys(query).filter((name) => name !== 'page_token')
    if (others.length === 0) return readReadToken(org, user.id, query.page_token)
    throw refuse('TOKEN_BOUND_DATA_MISMATCH', 'page_token stands alone', { api_names: others })
  }
  const { module, fields, criteria, cvid, page } = query
  if (!isObject(module) || typeof module.api_name !== 'string') {
    const details = { api_name: 'module', json_path: '$.query.module' }
    throw refuse('MANDATORY_NOT_FOUND', 'required field not found', details)
  }
  if (criteria !== undefined && criteria !== null && !isObject(criteria)) {
    throw refuse('INVALID_DATA', 'invalid data', { json_path: '$.query.criteria' })
  }
  if (cvid !== undefined && cvid !== null && typeof cvid !== 'string') {
    throw refuse('INVALID_DATA', 'invalid data', { json_path: '$.query.cvid' })
  }
  return {
    module: module.api_name,
    fields: readNames(fields),
    criteria: criteria ?? null,
    cvid: typeof cvid === 'string' ? cvid : null,
    page: readPage(org, page),
    after: null,
  }
}

/** Events alone can be had as a calendar. */
function readFileType(sent: unknown, module: string): FileType {
  if (sent === undefined || sent === 'csv') return 'csv'
  if (sent === 'ics' && module === 'Events') return 'ics'
  const details = { api_name: 'file_type', json_path: '$.file_type' }
  throw refuse('INVALID_DATA', 'invalid data', details)
}

/** What a bulk read asks for, refused as a whole when a part of it cannot be had. */
export function parseBulkRead(asker: Asker, sent: Sent) {
  const { org } = asker
  if (!isObject(sent.query)) {
    const details = { api_name: 'query', json_path: '$.query' }
    throw refuse('MANDATORY_NOT_FOUND', 'required field not found', details)
  }
  const query = readQuery(asker, sent.query)
  const table = readTableOf(org, query.module)
  if (query.cvid !== null && !findView(org.ids, table.module, query.cvid)) {
    throw refuse('CVID_NOT_SUPPORTED', 'the custom view cannot be read', { api_name: 'cvid' })
  }
  readColumns(org, table, query.fields)
  if (query.criteria) compileReadCriteria(org, table, query.criteria)
  const fileType = readFileType(sent.file_type, query.module)
  return { query, fileType, callback: checkCallback(sent.callback) }
}
