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
  | 'userlookup'
  | 'autonumber'
  | 'formula'
  | 'subform'
  | 'multiselectlookup'
  | 'fileupload'
  | 'imageupload'
  | 'rollup_summary'
  /** Steps of a price book, which Zoho's metadata calls a plain text. */
  | 'pricing'

/** Rows that hang on a record: of a subform, or of the linking module of a multi-select lookup. */
export interface ChildRows {
  /** The module that holds them. */
  module: string
  /** Its lookup to the record they hang on. */
  parent: string
  /** Its lookup to the other side, and that side's module; null for a subform. */
  other: { field: string; module: string } | null
}

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
  child: ChildRows | null
  /** Whether the value is another system's id, and unique in the org or for its creator. */
  external: 'org' | 'user' | null
  /** Not on any layout: listed with `type=all` or `type=unused` only. */
  isUnused: boolean
}
