import type { Column } from './column.js'

export interface FieldMapping {
  api_name: string
  index?: number
  format?: string
  find_by?: string
  default_value?: { value: string }
  /** The column of the parent's file that holds what this one says of a row's record. */
  parent_column_index?: number
}

const formats: { [type: string]: string } = {
  date: 'yyyy-MM-dd',
  datetime: "yyyy-MM-dd'T'HH:mm:ssXXX",
}

/** Zoho's own defaults are American dates without an offset, so every format is stated. */
export function fieldMappings(columns: Column[], first = 0): FieldMapping[] {
  return columns.map(({ name, field, findBy }, index) => ({
    api_name: name,
    index: first + index,
    ...(formats[field.type] ? { format: formats[field.type] } : {}),
    ...(field.type === 'lookup' ? { find_by: findBy } : {}),
  }))
}
