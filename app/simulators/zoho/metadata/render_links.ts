import { anyModule } from './any_module.js'
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
  const isOne = dataType === 'lookup' && target !== null && target !== anyModule
  if (!isOne) return {}
  return { module: moduleReference(ids, target), display_label: label, api_name: null, id }
}

function renderMany({ child, label, apiName }: FieldDefinition, ids: IdSource, id: string) {
  if (!child?.other) return {}
  const { other } = child
  const linking = {
    visibility: 1,
    plural_label: child.module,
    ...moduleReference(ids, child.module),
  }
  const connected = { plural_label: other.module, ...moduleReference(ids, other.module) }
  return {
    linking_details: {
      module: linking,
      lookup_field: { api_name: child.parent, field_label: child.parent, id },
      connected_lookup_field: { api_name: other.field, field_label: other.field, id },
    },
    connected_details: { module: connected, field: { api_name: apiName, field_label: label, id } },
    related_list: { display_label: label, api_name: `${apiName}_List`, id },
    record_access: false,
    // Versions before 8 spell it so.
    linking_module: child.module,
    lookup_apiname: child.parent,
    connected_module: other.module,
    connectedlookup_apiname: other.field,
    display_label: label,
    api_name: `${apiName}_List`,
    id,
  }
}

function renderRows({ child }: FieldDefinition, ids: IdSource) {
  if (child === null || child.other !== null) return null
  return { module: child.module, id: moduleReference(ids, child.module).id }
}

/** What a field says of the modules it leads to. */
export function renderLinks(field: FieldDefinition, ids: IdSource, number: number) {
  const id = ids.fixed(idNumbers.links + number)
  return {
    lookup: renderLookup(field, ids, id),
    multiselectlookup: renderMany(field, ids, id),
    multiuserlookup: {},
    subform: renderRows(field, ids),
    associated_module: renderRows(field, ids),
  }
}
