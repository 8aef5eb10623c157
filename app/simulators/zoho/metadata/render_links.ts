import type { IdSource } from '../store/id_source.js'
import type { FieldDefinition } from './field_definition.js'
import { idNumbers } from './id_numbers.js'
import { orgModules } from './org_modules.js'
import { moduleId } from './render_module.js'

export function moduleReference(ids: IdSource, apiName: string) {
  const position = orgModules.findIndex((module) => module.apiName === apiName)
  return { api_name: apiName, id: moduleId(ids, position) }
}

function renderLookup({ dataType, target, label }: FieldDefinition, ids: IdSource, id: string) {
  if (dataType !== 'lookup' || target === null) return {}
  return { module: moduleReference(ids, target), display_label: label, api_name: null, id }
}

function renderMany({ child, label, apiName }: FieldDefinition, ids: IdSource, id: string) {
  if (!child?.other) return {}
  return {
    display_label: label,
    api_name: `${apiName}_List`,
    linking_module: moduleReference(ids, child.module),
    lookup_apiname: child.parent,
    connected_module: moduleReference(ids, child.other.module),
    connectedlookup_apiname: child.other.field,
    id,
  }
}

/** What a field says of the modules it leads to. */
export function renderLinks(field: FieldDefinition, ids: IdSource, number: number) {
  const { child } = field
  const id = ids.fixed(idNumbers.links + number)
  const isSubform = child !== null && child.other === null
  return {
    lookup: renderLookup(field, ids, id),
    multiselectlookup: renderMany(field, ids, id),
    multiuserlookup: {},
    subform: isSubform ? { module: moduleReference(ids, child.module), id } : null,
    associated_module: isSubform ? moduleReference(ids, child.module) : null,
  }
}
