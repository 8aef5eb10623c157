import type { FieldDefinition } from '../metadata/field_definition.js'
import { isObject } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import type { WriteContext } from '../store/record_store.js'
import type { StoredRecord, StoredValues } from '../store/stored_record.js'
import { checkRecord, type CheckedRow } from './check_record.js'
import { RowFault } from './row_reply.js'

/** What a write does to the rows of one subform or multi-select lookup. */
export interface ChildPlan {
  table: ModuleTable
  parentField: string
  adds: StoredValues[]
  updates: { record: StoredRecord; values: StoredValues }[]
  removes: StoredRecord[]
}

const MOST_ROWS = 200

export function childTable(org: SimulatedOrg, { child }: FieldDefinition) {
  const table = child ? org.store.tables.get(child.module) : undefined
  if (!child || !table) throw new Error('The field has no rows of its own')
  return { child, table }
}

/** Rows that hang on a record, oldest first. */
export function childrenOf(org: SimulatedOrg, field: FieldDefinition, parentId: string) {
  const { child, table } = childTable(org, field)
  return table.links.get(child.parent)?.findAll(parentId) ?? []
}

function planRow(plan: ChildPlan, sent: unknown, row: CheckedRow, known: readonly StoredRecord[]) {
  if (!isObject(sent)) {
    const details = { expected_data_type: 'jsonobject', json_path: row.path }
    return new RowFault('INVALID_DATA', details)
  }
  const record = known.find(({ id }) => id === sent.id)
  if (sent.id !== undefined && sent.id !== null && !record) {
    return new RowFault('INVALID_DATA', { api_name: 'id', json_path: `${row.path}.id` })
  }
  if ('_delete' in sent) {
    if (record) plan.removes.push(record)
    return null
  }
  const values = checkRecord(sent, { ...row, isWhole: !record })
  if (values instanceof RowFault) return values
  if (record) plan.updates.push({ record, values })
  else plan.adds.push(values)
  return null
}

function planField(
  org: SimulatedOrg,
  field: FieldDefinition,
  input: Record<string, unknown>,
  row: CheckedRow,
  parent: StoredRecord | undefined
): ChildPlan | RowFault {
  const { child, table } = childTable(org, field)
  const sent = input[field.apiName]
  const isLaidOut = isObject(input.Layout)
  const known = parent ? childrenOf(org, field, parent.id) : []
  const plan: ChildPlan = { table, parentField: child.parent, adds: [], updates: [], removes: [] }
  if (sent === null) return { ...plan, removes: [...known] }
  const path = `${row.path}.${field.apiName}`
  const details = { api_name: field.apiName, json_path: path }
  if (!Array.isArray(sent)) {
    return new RowFault('INVALID_DATA', { ...details, expected_data_type: 'jsonarray' })
  }
  if (sent.length > MOST_ROWS) return new RowFault('LIMIT_EXCEEDED', { ...details, limit: 200 })
  for (const [position, item] of sent.entries()) {
    const at = { ...row, table, path: `${path}[${position}]`, isLaidOut }
    const fault = planRow(plan, item, at, known)
    if (fault) return fault
  }
  if (field.dataType === 'subform' && !org.options.subformKeepsOmitted) {
    const named = new Set([...plan.removes, ...plan.updates.map(({ record }) => record)])
    plan.removes.push(...known.filter((record) => !named.has(record)))
  }
  return plan
}

/** Rows checked before anything is written. */
export function planChildren(
  org: SimulatedOrg,
  input: Record<string, unknown>,
  row: CheckedRow,
  parent?: StoredRecord
): ChildPlan[] | RowFault {
  const plans: ChildPlan[] = []
  for (const field of row.table.childFields) {
    if (input[field.apiName] === undefined) continue
    const plan = planField(org, field, input, row, parent)
    if (plan instanceof RowFault) return plan
    plans.push(plan)
  }
  return plans
}

export function writeChildren(
  org: SimulatedOrg,
  plans: readonly ChildPlan[],
  parentId: string,
  context: WriteContext
) {
  for (const { table, parentField, adds, updates, removes } of plans) {
    for (const record of removes) org.store.remove(table, record, { ...context, match: null })
    for (const { record, values } of updates) {
      org.store.update(table, record, values, { ...context, match: null })
    }
    for (const values of adds) {
      const whole = { ...values, [parentField]: parentId }
      org.store.insert(table, whole, { ...context, match: null })
    }
  }
}

/** A record goes with the rows that hang on it. */
export function removeRecord(
  org: SimulatedOrg,
  table: ModuleTable,
  record: StoredRecord,
  context: WriteContext
) {
  org.store.remove(table, record, context)
  for (const children of org.store.tables.values()) {
    for (const index of children.links.values()) {
      for (const child of [...index.findAll(record.id)]) {
        org.store.remove(children, child, { ...context, match: null })
      }
    }
  }
}
