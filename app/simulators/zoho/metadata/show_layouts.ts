import type { Call, Reply } from '../server/call.js'
import type { FieldDefinition } from './field_definition.js'
import { findModule } from './find_module.js'
import { fieldNumber, idNumbers } from './id_numbers.js'
import { layoutId } from './layout_id.js'
import { renderField } from './render_field.js'

type Found = ReturnType<typeof findModule>

function renderSection(call: Call, { module, position }: Found, isSubform: boolean, at: number) {
  const { ids, options } = call.org
  const belongs = (field: FieldDefinition) =>
    !field.isUnused && (field.dataType === 'subform') === isSubform
  const fields = module.fields.flatMap((field, place) => {
    if (!belongs(field)) return []
    const number = fieldNumber(position, place)
    const shown = renderField(field, { ids, number, enforcesPicklists: options.strictPicklists })
    return [{ ...shown, sequence_number: place + 1, section_id: at + 1 }]
  })
  const name = isSubform ? 'Rows' : `${module.singular} Information`
  return {
    id: ids.fixed(idNumbers.sections + position * 10 + at),
    api_name: name.replaceAll(' ', '_'),
    name,
    display_label: name,
    sequence_number: at + 1,
    column_count: 2,
    tab_traversal: 'left_to_right',
    isSubformSection: isSubform,
    generated_type: 'default',
    type: 'used',
    properties: null,
    fields,
  }
}

function renderLayout(call: Call, found: Found) {
  const { ids } = call.org
  const sections = [false, true]
    .map((isSubform, at) => renderSection(call, found, isSubform, at))
    .filter(({ fields }) => fields.length > 0)
  const profile = { id: ids.fixed(idNumbers.profiles), name: 'Administrator', default: true }
  return {
    id: layoutId(ids, found.position),
    api_name: 'Standard',
    name: 'Standard',
    display_label: 'Standard',
    display_type: 0,
    status: 'active',
    visible: true,
    source: 'crm',
    generated_type: 'default',
    mode: 'view',
    has_more_profiles: false,
    show_business_card: true,
    created_for: null,
    created_by: null,
    created_time: null,
    modified_by: null,
    modified_time: null,
    actions_allowed: {
      edit: true,
      rename: true,
      clone: true,
      downgrade: false,
      delete: false,
      deactivate: false,
      set_layout_permissions: true,
    },
    profiles: [profile],
    sections,
  }
}

export function listLayouts(call: Call): Reply {
  const found = findModule(call.query.get('module'))
  return { status: 200, body: { layouts: [renderLayout(call, found)] } }
}

export function showLayout(call: Call): Reply {
  const layout = renderLayout(call, findModule(call.query.get('module')))
  return layout.id === call.params.layout
    ? { status: 200, body: { layouts: [layout] } }
    : { status: 204 }
}
