import { ApiFault } from '../server/api_fault.js'
import { isObject } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import type { RecordStore } from '../store/record_store.js'
import type { BulkOrder } from './bulk_job.js'
import { readMappings } from './read_mappings.js'

type Sent = Record<string, unknown>

function refuse(code: string, message: string, details: Sent = {}) {
  return new ApiFault(400, code, message, details)
}

function isOperation(value: unknown): value is BulkOrder['operation'] {
  return value === 'insert' || value === 'update' || value === 'upsert'
}

export function readOperation({ operation }: Sent) {
  if (isOperation(operation)) return operation
  throw refuse('INVALID_DATA', 'invalid data', { api_name: 'operation', json_path: '$.operation' })
}

export function readResource({ resource }: Sent): Sent {
  const only = Array.isArray(resource) && resource.length === 1 ? resource[0] : null
  if (isObject(only) && only.type === 'data') return only
  const details = { api_name: 'resource', json_path: '$.resource' }
  throw refuse('INVALID_DATA', 'one resource of type data is expected', details)
}

export function readTable({ tables }: RecordStore, resource: Sent): ModuleTable {
  const name = isObject(resource.module) ? resource.module.api_name : undefined
  const table = typeof name === 'string' ? tables.get(name) : undefined
  if (table?.module.isBulkWritable) return table
  throw refuse('MODULE_NOT_AVAILABLE', 'the module is not available for bulk write', {
    api_name: 'module',
    json_path: '$.resource[0].module',
  })
}

function readFindBy(
  { find_by: findBy }: Sent,
  operation: BulkOrder['operation'],
  { indexes }: ModuleTable
) {
  if (typeof findBy === 'string') {
    if (findBy === 'id' || indexes.has(findBy)) return findBy
    throw refuse('INVALID_FIELD', 'find_by must be the id or a unique field', { find_by: findBy })
  }
  if (operation === 'insert') return null
  throw refuse('MANDATORY_NOT_FOUND', 'Required key find_by is not available', {
    api_name: 'find_by',
    json_path: '$.resource[0].find_by',
  })
}

function demandFields({ operation, table, findBy, mappings }: BulkOrder) {
  const mapped = new Set(mappings.map(({ apiName }) => apiName))
  const needed = findBy === null ? [] : [findBy]
  if (operation !== 'update') {
    const mandatory = table.module.fields.filter(
      ({ isMandatory, isCustom }) => isMandatory && !isCustom
    )
    needed.push(...mandatory.map(({ apiName }) => apiName))
  }
  const missing = needed.filter((name) => !mapped.has(name))
  if (missing.length === 0) return
  throw refuse('MANDATORY_FIELDS_NOT_MAPPED', 'mandatory fields are not mapped', {
    fields: missing,
  })
}

/** What the job is to do, checked against the file's header row. */
export function readOrder(store: RecordStore, sent: Sent, headers: readonly string[]): BulkOrder {
  const resource = readResource(sent)
  const operation = readOperation(sent)
  const table = readTable(store, resource)
  const order = {
    operation,
    table,
    findBy: readFindBy(resource, operation, table),
    ignoreEmpty: (resource.ignore_empty ?? sent.ignore_empty) === true,
    mappings: readMappings(table, resource.field_mappings, headers),
    sentMappings: resource.field_mappings ?? [],
    callback: sent.callback,
  }
  demandFields(order)
  return order
}
