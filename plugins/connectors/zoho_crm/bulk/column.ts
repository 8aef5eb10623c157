import type { Field } from '#sdk'
import { type CellText, cellText } from './cell_text.js'

/** One column of a bulk file. */
export interface Column {
  name: string
  field: Field
  /** The field by which Zoho finds the record that a lookup points to. */
  findBy: string
  text: CellText
}

export function column(field: Field, findBy = 'id'): Column {
  return { name: field.name, field, findBy, text: cellText(field) }
}
