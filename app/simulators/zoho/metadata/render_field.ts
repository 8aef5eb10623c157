import type { IdSource } from '../store/id_source.js'
import type { DataType, FieldDefinition } from './field_definition.js'
import { idNumbers } from './id_numbers.js'
import { renderLinks } from './render_links.js'

const jsonTypes: Partial<Record<DataType, string>> = {
  integer: 'integer',
  double: 'double',
  currency: 'double',
  percent: 'integer',
  boolean: 'boolean',
  lookup: 'jsonobject',
  ownerlookup: 'jsonobject',
  userlookup: 'jsonobject',
  multiselectpicklist: 'jsonarray',
  formula: 'double',
  subform: 'jsonarray',
  multiselectlookup: 'jsonarray',
  fileupload: 'jsonarray',
  imageupload: 'jsonarray',
  rollup_summary: 'integer',
  pricing: 'jsonarray',
}

/** Types by which no list can be sorted or filtered. */
const unordered: readonly DataType[] = [
  'textarea',
  'subform',
  'multiselectlookup',
  'fileupload',
  'imageupload',
  'pricing',
]

function renderValues(field: FieldDefinition, ids: IdSource, number: number) {
  return field.values.map((value, position) => ({
    id: ids.fixed(idNumbers.picklistValues + number * 100 + position),
    display_value: value,
    actual_value: value,
    reference_value: value,
    sequence_number: position + 1,
    type: 'used',
    colour_code: null,
  }))
}

function renderPermissions(field: FieldDefinition) {
  const isWritable = !field.isReadOnly
  return {
    // What a user made mandatory is so in the layout only.
    system_mandatory: field.isMandatory && !field.isCustom,
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

function renderComputed({ dataType, decimals }: FieldDefinition) {
  const isMoney = dataType === 'currency'
  return {
    currency: isMoney ? { rounding_option: 'normal', precision: decimals } : {},
    auto_number: dataType === 'autonumber' ? { prefix: 'V-', start_number: '1', suffix: '' } : {},
    formula: dataType === 'formula' ? { return_type: 'currency', expression: 'total' } : {},
    rollup_summary: dataType === 'rollup_summary' ? { return_type: 'integer' } : {},
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
  const isOrdered = !unordered.includes(field.dataType)
  return {
    id: ids.fixed(idNumbers.fields + number),
    api_name: field.apiName,
    field_label: field.label,
    display_label: field.label,
    data_type: field.dataType === 'pricing' ? 'text' : field.dataType,
    json_type: jsonTypes[field.dataType] ?? 'string',
    ...(field.length > 0 ? { length: field.length } : {}),
    decimal_place: field.decimals,
    custom_field: field.isCustom,
    ...renderPermissions(field),
    unique: field.isUnique ? { case_sensitive: field.isCaseSensitive } : {},
    external: field.external === null ? null : { type: field.external, show: true },
    pick_list_values: renderValues(field, ids, number),
    enforce_pick_list_values: field.dataType === 'picklist' && enforcesPicklists,
    ...renderLinks(field, ids, number),
    ...renderComputed(field),
    tooltip: null,
    searchable: isOrdered,
    sortable: isOrdered,
    filterable: isOrdered,
    layout_associations: null,
    global_picklist: null,
    default_value: null,
    crypt: null,
    hipaa_compliance: null,
    created_source: 'default',
    ui_type: 1,
    type: field.isUnused ? 'unused' : 'used',
  }
}
