import type { Field } from '#sdk'
import type { FieldMetadata } from './metadata.js'

const FILES = ['fileupload', 'imageupload']

function rowsOf({ subform, associated_module: associated }: FieldMetadata): Partial<Field> {
  const named = subform?.module ?? associated?.module
  const rows = typeof named === 'string' ? named : named?.api_name
  return rows ? { rows } : {}
}

/** Versions before 8 spell the names of the modules apart. */
function linksOf(many: NonNullable<FieldMetadata['multiselectlookup']>, other: string | undefined) {
  const { linking_details: linking, connected_details: connected } = many
  const rows = linking?.module?.api_name ?? many.linking_module
  const through = linking?.connected_lookup_field?.api_name ?? many.connectedlookup_apiname
  const lookup = other ?? connected?.module?.api_name ?? many.connected_module
  return rows && through ? { rows, through, ...(lookup ? { lookup } : {}) } : {}
}

/** Where the rows of a field that holds many lie, and what they point to. */
export function manyFold(field: FieldMetadata): Partial<Field> {
  const { data_type: type, multiselectlookup, multiuserlookup } = field
  if (FILES.includes(type)) return { files: true }
  if (type === 'multiselectlookup') return linksOf(multiselectlookup ?? {}, undefined)
  if (type === 'multiuserlookup') return linksOf(multiuserlookup ?? {}, 'users')
  return type === 'subform' ? rowsOf(field) : {}
}
