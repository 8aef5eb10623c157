import type { IdSource } from '../store/id_source.js'
import type { DataType, FieldDefinition } from './field_definition.js'
import { orgModules } from './org_modules.js'
import { moduleId } from './render_module.js'

const jsonTypes: Partial<Record<DataType, string>> = {
  integer: 'integer',
  double: 'double',
  currency: 'double',
  percent: 'integer',
  boolean: 'boolean',
  lookup: 'jsonobject',
  ownerlookup: 'jsonobject',
  multiselectpicklist: 'jsonarray',
}

/** Numbers of field and picklist ids start here, below those of records. */
const FIELD_IDS = 2_000

function renderValues(field: FieldDefinition, ids: IdSource, number: number) {
  return field.values.map((value, position) => ({
    id: ids.fixed(number * 100 + position),
    display_value: value,
    actual_value: value,
    reference_value: value,
    sequence_number: position + 1,
    type: 'used',
    colour_code: null,
  }))
}

function reference(target: string | null, ids: IdSource) {
  const position = orgModules.findIndex(({ apiName }) => apiName === target)
  return { api_name: target, id: moduleId(ids, position) }
}

function renderPermissions(field: FieldDefinition) {
  const isWritable = !field.isReadOnly
  return {
    system_mandatory: field.isMandatory,
    required: field.isMandatory,
    read_only: false,
    field_read_only: field.isReadOnly,
    visible: true,
    view_type: { view: true, edit: isWritable, create: isWritable, quick_create: false },
    operation_type: {
      web_update: isWritable,
      api_create: isWritable,
      web_create: isWritable,
      api_update: isWritable,
    },
  }
}

export interface FieldRendering {
  ids: IdSource
  /** Position of the field in the whole org. */
  number: number
  enforcesPicklists: boolean
}

export function renderField(
  field: FieldDefinition,
  { ids, number, enforcesPicklists }: FieldRendering
) {
  const isMoney = field.dataType === 'currency'
  return {
    id: ids.fixed(FIELD_IDS + number),
    api_name: field.apiName,
    field_label: field.label,
    display_label: field.label,
    data_type: field.dataType,
    json_type: jsonTypes[field.dataType] ?? 'string',
    length: field.length,
    decimal_place: field.decimals,
    custom_field: field.isCustom,
    ...renderPermissions(field),
    unique: field.isUnique ? { case_sensitive: field.isCaseSensitive } : {},
    external: null,
    pick_list_values: renderValues(field, ids, FIELD_IDS + number),
    enforce_pick_list_values: field.dataType === 'picklist' && enforcesPicklists,
    lookup:
      field.dataType === 'lookup'
        ? { module: reference(field.target, ids), display_label: field.label, id: null }
        : {},
    multiselectlookup: {},
    multiuserlookup: {},
    subform: null,
    associated_module: null,
    currency: isMoney ? { rounding_option: 'normal', precision: field.decimals } : {},
    auto_number: {},
    formula: {},
    rollup_summary: {},
    tooltip: null,
    searchable: true,
    sortable: true,
    filterable: field.dataType !== 'textarea',
    layout_associations: null,
    global_picklist: null,
    default_value: null,
    crypt: null,
    hipaa_compliance: null,
    created_source: 'default',
    ui_type: 1,
    type: 'used',
  }
}
