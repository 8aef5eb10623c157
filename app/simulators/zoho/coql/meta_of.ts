import { fieldNumber } from '../metadata/id_numbers.js'
import { orgModules } from '../metadata/org_modules.js'
import { renderField } from '../metadata/render_field.js'
import type { Call } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import { invalidQuery } from './coql_column.js'
import type { CoqlQuery } from './coql_query.js'

/** What `include_meta` asks for: `fields` is all that may be. */
export function wantsMeta(call: Call): boolean {
  const { include_meta: wanted } = call.json()
  if (wanted === undefined) return false
  if (!Array.isArray(wanted)) throw invalidQuery('include_meta', 'a JSON array is expected')
  const isKnown = wanted.every((name) => name === 'fields')
  if (!isKnown) throw invalidQuery('include_meta', 'the value given seems to be invalid')
  return wanted.length > 0
}

/** The metadata of a query's own columns, by their names. */
export function metaOf({ org }: Call, { module }: ModuleTable, { terms }: CoqlQuery) {
  const position = orgModules.indexOf(module)
  const names = new Set(terms.map(({ column }) => column))
  const fields = module.fields.flatMap((field, at) => {
    if (!names.has(field.apiName)) return []
    const number = fieldNumber(position, at)
    const { ids, options } = org
    const shown = renderField(field, { ids, number, enforcesPicklists: options.strictPicklists })
    return [[field.apiName, shown] as const]
  })
  return { fields: Object.fromEntries(fields) }
}
