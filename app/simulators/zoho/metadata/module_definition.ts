import type { FieldDefinition } from './field_definition.js'
import { defineField } from './define_field.js'

export type GeneratedType = 'default' | 'custom' | 'subform' | 'linking' | 'system'
export type ModuleStatus = 'visible' | 'user_hidden' | 'system_hidden' | 'scheduled_for_deletion'

export interface ModuleDefinition {
  apiName: string
  singular: string
  plural: string
  isCustom: boolean
  generatedType: GeneratedType
  status: ModuleStatus
  /** The module that a subform belongs to. */
  parent: string | null
  isApiSupported: boolean
  isUpsertable: boolean
  isBulkWritable: boolean
  /** The field that shows a record's name. */
  nameField: string
  /** The field by which Zoho itself looks for duplicates in an upsert. */
  duplicateField: string | null
  fields: readonly FieldDefinition[]
}

type Traits = Partial<Omit<ModuleDefinition, 'apiName' | 'fields'>>

const systemFields = [
  defineField('Owner', 'ownerlookup', { target: 'Users' }),
  defineField('Created_By', 'ownerlookup', { target: 'Users', isReadOnly: true }),
  defineField('Modified_By', 'ownerlookup', { target: 'Users', isReadOnly: true }),
  defineField('Created_Time', 'datetime', { isReadOnly: true }),
  defineField('Modified_Time', 'datetime', { isReadOnly: true }),
]

export function defineModule(apiName: string, fields: FieldDefinition[], traits: Traits = {}) {
  const plural = apiName.replaceAll('_', ' ')
  const module: ModuleDefinition = {
    apiName,
    singular: plural.replace(/s$/, ''),
    plural,
    isCustom: false,
    generatedType: traits.isCustom ? 'custom' : 'default',
    status: 'visible',
    parent: null,
    isApiSupported: true,
    isUpsertable: true,
    isBulkWritable: true,
    nameField: fields[0]?.apiName ?? 'Name',
    duplicateField: fields[0]?.apiName ?? null,
    ...traits,
    fields: [...fields, ...systemFields],
  }
  return module
}
