import { isApart } from '../metadata/field_kinds.js'
import { ApiFault } from '../server/api_fault.js'
import { isObject } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import type { RecordStore } from '../store/record_store.js'
import type { BulkOrder } from './bulk_job.js'
import { readMappings } from './read_mappings.js'

type Sent = Record<string, unknown>
type Org = Pick<SimulatedOrg, 'store' | 'options'>

function refuse(code: string, message: string, details: Sent = {}) {
  return new ApiFault(400, code, message, details)
}

function isOperation(value: unknown): value is BulkOrder['operation'] {
  return value === 'insert' || value === 'update' || value === 'upsert'
}

function readOperation({ operation }: Sent) {
  if (isOperation(operation)) return operation
  throw refuse('INVALID_DATA', 'invalid data', { api_name: 'operation', json_path: '$.operation' })
}

/** The resources of a job: one, or a parent and those whose rows hang on it. */
export function readResources({ resource }: Sent): Sent[] {
  const details = { api_name: 'resource', json_path: '$.resource' }
  const isWhole = (only: unknown): only is Sent => isObject(only) && only.type === 'data'
  if (Array.isArray(resource) && resource.length > 0 && resource.every(isWhole)) return resource
  throw refuse('INVALID_DATA', 'resources of type data are expected', details)
}

function unavailable(position: number) {
  return refuse('MODULE_NOT_AVAILABLE', 'the module is not available for bulk write', {
    api_name: 'module',
    json_path: `$.resource[${position}].module`,
  })
}

const nameOf = ({ module }: Sent) => (isObject(module) ? String(module.api_name) : '')

function readTable({ tables }: RecordStore, resource: Sent): ModuleTable {
  const table = tables.get(nameOf(resource))
  if (table?.module.isBulkWritable) return table
  throw unavailable(0)
}

/** A module whose rows hang on those of the parent. */
function readChildTable({ tables }: RecordStore, parent: ModuleTable, sent: Sent, at: number) {
  const table = tables.get(nameOf(sent))
  const isChild = parent.childFields.some(({ child }) => child?.module === table?.module.apiName)
  if (table && isChild) return table
  throw unavailable(at)
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
      (field) => field.isMandatory && !field.isCustom && !isApart(field)
    )
    needed.push(...mandatory.map(({ apiName }) => apiName))
  }
  const missing = needed.filter((name) => !mapped.has(name))
  if (missing.length === 0) return
  throw refuse('MANDATORY_FIELDS_NOT_MAPPED', 'mandatory fields are not mapped', {
    fields: missing,
  })
}

const ignoresEmpty = (resource: Sent, sent: Sent) =>
  (resource.ignore_empty ?? sent.ignore_empty) === true

function readParent({ store, options }: Org, sent: Sent, headers: readonly string[]): BulkOrder {
  const [resource] = readResources(sent)
  const operation = readOperation(sent)
  const table = readTable(store, resource)
  const order = {
    operation,
    table,
    findBy: readFindBy(resource, operation, table),
    ignoreEmpty: ignoresEmpty(resource, sent),
    mappings: readMappings(table, resource.field_mappings, headers, options.bulkIndexBase),
    sentMappings: resource.field_mappings ?? [],
  }
  demandFields(order)
  return order
}

/** Rows of a child are added, but for those that are found by their id. */
function readChild(
  { store, options }: Org,
  parent: ModuleTable,
  { sent, resource, headers, at }: { sent: Sent; resource: Sent; headers: string[]; at: number }
): BulkOrder {
  const table = readChildTable(store, parent, resource, at)
  const mappings = readMappings(table, resource.field_mappings, headers, options.bulkIndexBase)
  if (!mappings.some(({ parentColumn }) => parentColumn !== null)) {
    throw refuse('MANDATORY_NOT_FOUND', 'Required key parent_column_index is not available', {
      api_name: 'parent_column_index',
      json_path: `$.resource[${at}].field_mappings`,
    })
  }
  const isFound = resource.find_by === 'id'
  return {
    operation: isFound ? readOperation(sent) : 'insert',
    table,
    findBy: isFound ? 'id' : null,
    ignoreEmpty: ignoresEmpty(resource, sent),
    mappings,
    sentMappings: resource.field_mappings ?? [],
  }
}

/** What the job is to do with each file, checked against the files' header rows. */
export function readOrders(org: Org, sent: Sent, headers: string[][]): BulkOrder[] {
  const parent = readParent(org, sent, headers[0])
  const children = readResources(sent).slice(1)
  return [
    parent,
    ...children.map((resource, position) => {
      const at = position + 1
      return readChild(org, parent.table, { sent, resource, headers: headers[at], at })
    }),
  ]
}

/** What can be refused before the file is opened. */
export function checkOrder(store: RecordStore, sent: Sent) {
  readOperation(sent)
  readTable(store, readResources(sent)[0])
}
