import { coqlColumn, type CoqlColumn } from '../coql/coql_column.js'
import { isApart } from '../metadata/field_kinds.js'
import { ApiFault } from '../server/api_fault.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'

const MOST_RELATIONS = 2

function refuse(code: string, message: string, name: string, more: Record<string, unknown> = {}) {
  return new ApiFault(400, code, message, { api_name: name, json_path: '$.query.fields', ...more })
}

/** A field of the CSV; dotted over lookups. */
export function readColumn(org: SimulatedOrg, table: ModuleTable, name: string): CoqlColumn {
  if (name.split('.').length > MOST_RELATIONS + 1) {
    throw refuse('JOIN_LIMIT_EXCEEDED', 'too many relations', name, { max_limit: MOST_RELATIONS })
  }
  try {
    return coqlColumn(org, table, name)
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error
    throw refuse('FIELD_NOT_AVAILABLE', 'the field is not available', name)
  }
}

/** The columns of the CSV, the id first. */
export function readColumns(org: SimulatedOrg, table: ModuleTable, fields: readonly string[]) {
  const all = [...table.fields.values()].filter((field) => !isApart(field))
  const names = fields.length > 0 ? fields : all.map(({ apiName }) => apiName)
  return ['id', ...names.filter((name) => name !== 'id')].map((name) =>
    readColumn(org, table, name)
  )
}
