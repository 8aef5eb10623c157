import type { Column } from './column.js'

interface FieldMapping {
  api_name: string
  index: number
  format?: string
  find_by?: string
}

const formats: { [type: string]: string } = {
  date: 'yyyy-MM-dd',
  datetime: "yyyy-MM-dd'T'HH:mm:ssXXX",
}

/** Zoho's own defaults are American dates without an offset, so every format is stated. */
export function fieldMappings(columns: Column[]): FieldMapping[] {
  return columns.map(({ name, field }, index) => ({
    api_name: name,
    index,
    ...(formats[field.type] ? { format: formats[field.type] } : {}),
    ...(field.type === 'lookup' ? { find_by: 'id' } : {}),
  }))
}
