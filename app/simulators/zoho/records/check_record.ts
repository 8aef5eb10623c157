import { namesUser } from '../metadata/field_kinds.js'
import { isObject } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord, StoredValue, StoredValues } from '../store/stored_record.js'
import type { SimulatedOrg } from '../simulated_org.js'
import { checkDependents } from './check_dependents.js'
import { findOwn } from './find_own.js'
import { RowFault } from './row_reply.js'
import { Refusal, validateValue, type ValueRules } from './validate_value.js'

export function valueRules(org: SimulatedOrg): ValueRules {
  return {
    strictPicklists: org.options.strictPicklists,
    hasRecord: (field, id) =>
      namesUser(field)
        ? org.members.some(({ user }) => user.id === id)
        : org.store.findTarget(field.target, id) !== undefined,
  }
}

export interface CheckedRow {
  table: ModuleTable
  /** JSON path of the row, for what is refused. */
  path: string
  rules: ValueRules
  /** All mandatory fields must be there, not only stay there. */
  isWhole: boolean
  /** Whether what the layout demands is demanded too; by the row's own Layout when not said. */
  isLaidOut?: boolean
  /** Who writes; the org's first user when not said. */
  author?: string
}

/** Custom fields are mandatory in a layout, others in the module itself. */
function findMissing(input: Record<string, unknown>, row: CheckedRow) {
  const { table, path, isWhole, isLaidOut = isObject(input.Layout) } = row
  for (const { apiName, isMandatory, isCustom } of table.module.fields) {
    if (!isMandatory || (isCustom && !isLaidOut)) continue
    const value = input[apiName]
    if (value === null || value === '' || (isWhole && value === undefined)) {
      const details = { api_name: apiName, json_path: `${path}.${apiName}` }
      return new RowFault('MANDATORY_NOT_FOUND', details)
    }
  }
  return null
}

/** Values as they are stored; unknown and read-only names are dropped in silence, as Zoho does. */
export function checkRecord(
  input: Record<string, unknown>,
  row: CheckedRow
): StoredValues | RowFault {
  const missing = findMissing(input, row)
  if (missing) return missing
  const values: Record<string, StoredValue> = {}
  for (const name of Object.keys(input)) {
    const field = row.table.fields.get(name)
    if (!field || field.isReadOnly || field.child) continue
    const checked = validateValue(field, input[name], row.rules)
    if (checked instanceof Refusal) {
      return new RowFault(checked.code, {
        api_name: name,
        json_path: `${row.path}.${name}${checked.path}`,
        ...checked.details,
      })
    }
    values[name] = checked
  }
  const dependent = row.table.openLookups.length > 0 ? checkDependents(input, row) : null
  return dependent ?? values
}

/** A value of a unique field that another record already holds. */
export function findClash(
  org: SimulatedOrg,
  { table, path, author }: Pick<CheckedRow, 'table' | 'path' | 'author'>,
  values: StoredValues,
  self?: StoredRecord
) {
  const seeker = { org, table, author: self ? (self.createdBy ?? undefined) : author }
  const faults: RowFault[] = []
  for (const index of table.uniqueIndexes) {
    const { field } = index
    const other = findOwn(seeker, field, values[field])
    if (!other || other === self) continue
    faults.push(
      new RowFault('DUPLICATE_DATA', {
        duplicate_record: { id: other.id, module: org.moduleReference(table.module.apiName) },
        api_name: field,
        json_path: `${path}.${field}`,
      })
    )
  }
  if (faults.length < 2) return faults[0] ?? null
  return new RowFault('MULTIPLE_OR_MULTI_ERRORS', { errors: faults.map(({ reply }) => reply) })
}
