export type DataType =
  | 'text'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'website'
  | 'picklist'
  | 'multiselectpicklist'
  | 'date'
  | 'datetime'
  | 'integer'
  | 'bigint'
  | 'double'
  | 'currency'
  | 'percent'
  | 'boolean'
  | 'lookup'
  | 'ownerlookup'
  | 'autonumber'

export interface FieldDefinition {
  apiName: string
  label: string
  dataType: DataType
  length: number
  decimals: number | null
  isMandatory: boolean
  isReadOnly: boolean
  isCustom: boolean
  isUnique: boolean
  isCaseSensitive: boolean
  values: readonly string[]
  /** The module a lookup points to. */
  target: string | null
}
