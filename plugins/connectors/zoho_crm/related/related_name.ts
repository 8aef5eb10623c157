import type { Field } from '#sdk'

/** A list below the records of a module, as a stream of its own: "Deals.Attachments". */
export interface RelatedName {
  parent: string
  list: string
}

export function relatedName(stream: string): RelatedName | null {
  const [parent, list, ...others] = stream.split('.')
  return parent && list && others.length === 0 ? { parent, list } : null
}

/** The record that a row of a related list hangs on; one row may hang on several. */
export const PARENT: Field = {
  name: 'Parent_Record_Id',
  label: 'Id of the record above',
  type: 'text',
  readOnly: true,
}
