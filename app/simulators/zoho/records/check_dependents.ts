import { isObject } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import { RowFault } from './row_reply.js'
import type { ValueRules } from './validate_value.js'

const MODULE = '$se_module'

/** A lookup that leads to several modules needs the name of the one, and a record of that one. */
export function checkDependents(
  input: Record<string, unknown>,
  row: { table: ModuleTable; path: string; rules: ValueRules }
) {
  const { table, path, rules } = row
  for (const field of table.openLookups) {
    const { apiName: name } = field
    const sent = input[name]
    if (!isObject(sent) || sent.id === undefined) continue
    const self = { api_name: name, json_path: `${path}.${name}` }
    const module = { api_name: MODULE, json_path: `${path}.${MODULE}` }
    const said = input[MODULE]
    if (said === undefined || said === null) {
      const message = `The field '${MODULE}' is required when '${name}' is provided`
      return new RowFault('DEPENDENT_FIELD_MISSING', { ...module, dependee: self }, message)
    }
    if (typeof said !== 'string') return new RowFault('INVALID_DATA', module)
    if (rules.hasRecord({ ...field, target: said }, String(sent.id))) continue
    const message = `The record of '${name}' is none of the module in '${MODULE}'`
    return new RowFault('DEPENDENT_MISMATCH', { ...self, dependee: module }, message)
  }
  return null
}
