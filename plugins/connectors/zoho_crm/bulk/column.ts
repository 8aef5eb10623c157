import type { Field } from '#sdk'
import { type CellText, cellText } from './cell_text.js'

/** One column of a bulk file. */
export interface Column {
  name: string
  field: Field
  text: CellText
}

export function column(field: Field): Column {
  return { name: field.name, field, text: cellText(field) }
}
