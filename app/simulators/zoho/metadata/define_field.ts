import type { DataType, FieldDefinition } from './field_definition.js'

const lengths: Record<DataType, number> = {
  text: 255,
  textarea: 2000,
  email: 100,
  phone: 30,
  website: 450,
  picklist: 120,
  multiselectpicklist: 765,
  date: 20,
  datetime: 120,
  integer: 9,
  bigint: 18,
  double: 16,
  currency: 16,
  percent: 5,
  boolean: 5,
  lookup: 120,
  ownerlookup: 120,
  userlookup: 120,
  autonumber: 30,
  formula: 16,
  subform: 0,
  multiselectlookup: 50,
  fileupload: 5,
  imageupload: 10,
  rollup_summary: 16,
  pricing: 0,
}

const computed: readonly DataType[] = ['autonumber', 'formula', 'rollup_summary']

type Traits = Partial<Omit<FieldDefinition, 'apiName' | 'label' | 'dataType'>>

export function defineField(apiName: string, dataType: DataType, traits: Traits = {}) {
  const field: FieldDefinition = {
    apiName,
    label: apiName.replaceAll('_', ' '),
    dataType,
    length: lengths[dataType],
    decimals: dataType === 'double' || dataType === 'currency' ? 2 : null,
    isMandatory: false,
    isReadOnly: computed.includes(dataType),
    isCustom: false,
    isUnique: false,
    isCaseSensitive: false,
    values: [],
    target: null,
    child: null,
    external: null,
    isUnused: false,
    ...traits,
  }
  return field
}

export const custom = (apiName: string, dataType: DataType, traits: Traits = {}) =>
  defineField(apiName, dataType, { isCustom: true, ...traits })

export const picklist = (apiName: string, values: readonly string[], traits: Traits = {}) =>
  defineField(apiName, 'picklist', { values, ...traits })

export const lookup = (apiName: string, target: string, traits: Traits = {}) =>
  defineField(apiName, 'lookup', { target, ...traits })

export const mandatory = (apiName: string, dataType: DataType, length: number) =>
  defineField(apiName, dataType, { length, isMandatory: true })
