/** A module as `settings/modules` lists it. */
export interface ModuleMetadata {
  api_name: string
  plural_label?: string
  module_name?: string
  api_supported: boolean
  creatable?: boolean
  editable?: boolean
  viewable?: boolean
  /** default, custom, subform, linking… */
  generated_type?: string
  status?: string
  parent_module?: { api_name?: string | null } | null
}

interface ModuleName {
  api_name?: string | null
}

/** A field as `settings/fields` lists it; only what is used here. */
export interface FieldMetadata {
  api_name: string
  field_label?: string
  display_label?: string
  data_type: string
  json_type?: string
  length?: number
  decimal_place?: number | null
  system_mandatory?: boolean
  field_read_only?: boolean
  custom_field?: boolean
  enforce_pick_list_values?: boolean
  operation_type?: { api_create?: boolean; api_update?: boolean }
  unique?: object | null
  external?: { type?: string } | null
  pick_list_values?: Array<{ actual_value?: string; display_value?: string; type?: string }>
  lookup?: { module?: { api_name?: string | null } | null } | null
  multiselectlookup?: {
    linking_details?: { module?: ModuleName; connected_lookup_field?: { api_name?: string } }
    connected_details?: { module?: ModuleName }
    linking_module?: string
    connected_module?: string
    connectedlookup_apiname?: string
  } | null
  multiuserlookup?: FieldMetadata['multiselectlookup']
  subform?: { module?: string | ModuleName } | null
  associated_module?: { module?: string | ModuleName } | null
  formula?: { return_type?: string } | null
  rollup_summary?: { return_type?: string } | null
}
