import { isApart } from '../metadata/field_kinds.js'
import { findOwn } from '../records/find_own.js'
import type { ValueRules } from '../records/validate_value.js'
import { Refusal, validateValue } from '../records/validate_value.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { WriteContext } from '../store/record_store.js'
import type { StoredRecord, StoredValue } from '../store/stored_record.js'
import type { BulkOrder, FieldMapping } from './bulk_job.js'
import { parseCell } from './parse_cell.js'

export interface RowResult {
  status: 'ADDED' | 'UPDATED' | 'SKIPPED'
  recordId: string
  errors: string
}

/** The record of the parent's row that has this cell in this column. */
export type ParentIds = (column: number, cell: string) => string | undefined

type Faults = Map<string, string[]>

interface BulkWrite {
  org: SimulatedOrg
  order: BulkOrder
  rules: ValueRules
  context: WriteContext
  parents: ParentIds
}

function note(faults: Faults, code: string, field: string) {
  const fields = faults.get(code) ?? []
  fields.push(field)
  faults.set(code, fields)
}

const cellOf = (row: readonly string[], { index, defaultValue }: FieldMapping) =>
  (index === null ? '' : (row[index] ?? '')) || (defaultValue ?? '')

function readValues(
  { org, order, rules, parents }: BulkWrite,
  row: readonly string[],
  faults: Faults
) {
  const values: Record<string, StoredValue> = {}
  for (const mapping of order.mappings) {
    const field = order.table.fields.get(mapping.apiName)
    if (!field) continue
    const cell = cellOf(row, mapping)
    if (mapping.parentColumn !== null) {
      const parent = parents(mapping.parentColumn, cell)
      if (parent) values[field.apiName] = parent
      else note(faults, 'RESOURCE_NOT_FOUND', field.apiName)
      continue
    }
    if (cell === '') {
      if (!order.ignoreEmpty) values[field.apiName] = null
      continue
    }
    const parsed = parseCell(org, field, mapping, cell)
    const checked = parsed instanceof Refusal ? parsed : validateValue(field, parsed, rules)
    if (checked instanceof Refusal) note(faults, 'INVALID_DATA', field.apiName)
    else values[field.apiName] = checked
  }
  return values
}

function findRecord({ org, order, context }: BulkWrite, row: readonly string[]) {
  const { findBy, table, mappings } = order
  const mapping = mappings.find(({ apiName }) => apiName === findBy)
  if (findBy === null || !mapping) return undefined
  const key = cellOf(row, mapping)
  if (key === '') return undefined
  if (findBy === 'id') return table.byId.get(key)
  return findOwn({ org, table, author: context.by }, findBy, key)
}

function checkRow(
  write: BulkWrite,
  found: StoredRecord | undefined,
  faults: Faults,
  row: string[]
) {
  const { org, order, context } = write
  const { operation, findBy, table } = order
  const values = readValues(write, row, faults)
  if (found?.hold === 'locked') note(faults, 'BLOCKED_RECORD', findBy ?? 'id')
  if (found?.hold === 'waiting') note(faults, 'NOT_APPROVED', findBy ?? 'id')
  if (found && operation === 'insert') note(faults, 'DUPLICATE_DATA', findBy ?? 'id')
  if (!found && operation !== 'insert' && (operation === 'update' || findBy === 'id')) {
    note(faults, 'RESOURCE_NOT_FOUND', findBy ?? 'id')
  }
  for (const field of table.module.fields) {
    const { apiName, isMandatory, isCustom } = field
    const value = values[apiName]
    const isBad = faults.get('INVALID_DATA')?.includes(apiName)
    if (!isMandatory || isCustom || isApart(field) || isBad || (value ?? null) !== null) continue
    if (value === null || !found) note(faults, 'MANDATORY_NOT_FOUND', apiName)
  }
  for (const index of table.uniqueIndexes) {
    const other = findOwn({ org, table, author: context.by }, index.field, values[index.field])
    const isNoted = faults.get('DUPLICATE_DATA')?.includes(index.field)
    if (other && other !== found && !isNoted) note(faults, 'DUPLICATE_DATA', index.field)
  }
  return values
}

/** One row of the CSV: written, or skipped with all that is wrong with it. */
export function writeBulkRow(write: BulkWrite, row: string[]): RowResult {
  const { org, order, context } = write
  const faults: Faults = new Map()
  const found = findRecord(write, row)
  const values = checkRow(write, found, faults, row)
  if (faults.size > 0) {
    const errors = [...faults].map(([code, fields]) => `${code}-${fields.join(',')}`).join(':')
    return { status: 'SKIPPED', recordId: '', errors }
  }
  if (!found) {
    const { id } = org.store.insert(order.table, values, context)
    return { status: 'ADDED', recordId: id, errors: '' }
  }
  const field = order.findBy ?? 'id'
  const match = { field, value: field === 'id' ? found.id : (values[field] ?? null) }
  org.store.update(order.table, found, values, { ...context, match })
  return { status: 'UPDATED', recordId: found.id, errors: '' }
}
