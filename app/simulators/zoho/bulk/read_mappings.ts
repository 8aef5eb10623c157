import { ApiFault } from '../server/api_fault.js'
import { isObject } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import type { FieldMapping } from './bulk_job.js'
import { CellTime } from './cell_time.js'

const MOST_COLUMNS = 200
const formats: Record<string, string> = { date: 'MM/dd/yyyy', datetime: 'MM/dd/yyyy HH:mm:ss' }

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)

function refuse(code: string, message: string, details: Record<string, unknown>) {
  return new ApiFault(400, code, message, details)
}

function readTime(dataType: string, format: string | null, apiName: string) {
  if (!(dataType in formats)) return null
  try {
    return new CellTime(format ?? formats[dataType])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw refuse('INVALID_FORMAT', reason, { api_name: apiName, format })
  }
}

const isColumnIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0

function readMapping(table: ModuleTable, sent: unknown, base: number): FieldMapping {
  if (!isObject(sent) || typeof sent.api_name !== 'string') {
    throw refuse('INVALID_FIELD', 'api_name is missing in a mapping', { api_name: null })
  }
  const { api_name: apiName, index, parent_column_index: parent } = sent
  const field = table.fields.get(apiName)
  if (apiName !== 'id' && apiName !== 'Layout' && (!field || field.isReadOnly)) {
    throw refuse('INVALID_FIELD', 'the field is not available', { api_name: apiName })
  }
  const defaultValue = isObject(sent.default_value) ? textOrNull(sent.default_value.value) : null
  const isColumn = isColumnIndex(index)
  if (!isColumn && (defaultValue === null || index !== undefined)) {
    throw refuse('COLUMN_INDEX_NOT_FOUND', 'the column index is not valid', { api_name: apiName })
  }
  const findBy = textOrNull(sent.find_by)
  if (field?.dataType === 'lookup' && findBy === null && !isColumnIndex(parent)) {
    const details = { api_name: apiName, key: 'find_by' }
    throw refuse('MANDATORY_NOT_FOUND', 'Required key find_by is not available', details)
  }
  const time = readTime(field?.dataType ?? '', textOrNull(sent.format), apiName)
  const parentColumn = isColumnIndex(parent) ? parent : null
  return {
    apiName,
    index: isColumn ? index - base : null,
    findBy,
    defaultValue,
    time,
    parentColumn: parentColumn === null ? null : parentColumn - base,
  }
}

/** Without mappings the headers themselves are API names; a lookup is `Account_Name.id` there. */
function headerMappings(headers: readonly string[]) {
  return headers.map((header, index) => {
    const [apiName, findBy] = header.split('.', 2)
    return { api_name: apiName, index, find_by: findBy }
  })
}

export function readMappings(
  table: ModuleTable,
  sent: unknown,
  headers: readonly string[],
  base: number
) {
  const isGiven = Array.isArray(sent) && sent.length > 0
  const listed: unknown[] = isGiven ? sent : headerMappings(headers)
  if (listed.length > MOST_COLUMNS || headers.length > MOST_COLUMNS) {
    const details = { maximum_header_limit: MOST_COLUMNS }
    throw refuse('HEADER_LIMIT_EXCEEDED', 'too many columns', details)
  }
  const mappings = listed.map((item) => readMapping(table, item, isGiven ? base : 0))
  for (const { apiName, index } of mappings) {
    if (index === null || (index >= 0 && index < headers.length)) continue
    throw refuse('COLUMN_INDEX_NOT_FOUND', 'the file has no such column', {
      api_name: apiName,
      index: index + base,
    })
  }
  return mappings
}
