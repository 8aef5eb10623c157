import type { Field } from '#sdk'
import type { FieldMetadata } from './metadata.js'
import { isSystemDuplicate } from './system_duplicates.js'
import { fieldType } from './field_type.js'
import { manyFold } from './many_fold.js'
import { mandatoryFields } from './mandatory_fields.js'

const COMPUTED = ['formula', 'rollup_summary', 'autonumber']
const WITH_LENGTH = ['text', 'email', 'phone', 'url']

function isReadOnly(field: FieldMetadata) {
  const { api_create: create, api_update: update } = field.operation_type ?? {}
  return (
    field.api_name === 'id' ||
    field.field_read_only === true ||
    COMPUTED.includes(field.data_type) ||
    (create === false && update === false)
  )
}

function isUnique(field: FieldMetadata) {
  const unique = field.unique && Object.keys(field.unique).length > 0
  return Boolean(unique) || field.external?.type === 'org'
}

function picklistValues(field: FieldMetadata): Partial<Field> {
  const given = (field.pick_list_values ?? []).filter((value) => value.type !== 'unused')
  const values = given
    .map((value) => value.actual_value ?? value.display_value ?? '')
    .filter((value) => value !== '' && value !== '-None-')
  if (values.length === 0) return {}
  return field.enforce_pick_list_values ? { values, closed: true } : { values }
}

function lookedUp(field: FieldMetadata): Partial<Field> {
  if (field.data_type === 'ownerlookup' || field.data_type === 'userlookup') {
    return { lookup: 'users' }
  }
  const module = field.lookup?.module?.api_name
  return module ? { lookup: module } : {}
}

export function describeField(module: string, field: FieldMetadata): Field {
  const shape = fieldType(field)
  const isMandatory =
    field.system_mandatory === true || (mandatoryFields[module] ?? []).includes(field.api_name)
  const hasLength = WITH_LENGTH.includes(shape.type) && (field.length ?? 0) > 0
  return {
    name: field.api_name,
    label: field.display_label ?? field.field_label ?? field.api_name,
    ...shape,
    ...(hasLength ? { maxLength: field.length } : {}),
    ...(shape.type.endsWith('picklist') ? picklistValues(field) : {}),
    ...(shape.type === 'lookup' ? lookedUp(field) : {}),
    ...(shape.type === 'json' ? manyFold(field) : {}),
    ...(isReadOnly(field) ? { readOnly: true } : isMandatory ? { mandatory: true } : {}),
    ...(isMandatory ? {} : { nullable: true }),
    ...(isUnique(field) ? { unique: true } : {}),
    ...(isSystemDuplicate(module, field.api_name) ? { matchable: true } : {}),
    ...(field.custom_field ? { custom: true } : {}),
  }
}
