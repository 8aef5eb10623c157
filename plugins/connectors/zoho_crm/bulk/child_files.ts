import { ConnectorError, type Context, type Field, type RecordValues, type WriteBatch } from '#sdk'
import { targetFields } from '../references/target_fields.js'
import { isRow } from '../rows/is_row.js'
import { type Column, column } from './column.js'
import { type FieldMapping, fieldMappings } from './field_mappings.js'
import type { BulkFile } from './plan_file.js'
import { quoted } from './quoted.js'

/** The rows of a subform as a file of their own, which Zoho joins to that of their records. */
export interface ChildFile {
  name: string
  text: string
  module: string
  mappings: FieldMapping[]
}

const PARENT = 'Parent_Id'

function rowsIn(record: RecordValues, { name }: Field): RecordValues[] {
  return [record[name] ?? []].flat().filter(isRow)
}

async function columnsOf(ctx: Context, file: BulkFile, field: Field): Promise<Column[]> {
  const names = new Set(
    file.rows.flatMap((index) => rowsIn(file.record(index), field).flatMap(Object.keys))
  )
  if (names.size === 0) return []
  if (names.has('id')) {
    throw new ConnectorError(
      'config',
      `${field.name} has rows with ids, which a bulk file cannot update. Set the service's route to the call, or map rows without ids.`
    )
  }
  const fields = await targetFields(ctx, field.rows ?? field.name)
  return [...names].map((name) => column(fields.get(name)?.field ?? { name, type: 'text' }))
}

function textOf(file: BulkFile, field: Field, columns: Column[]) {
  const [key] = file.columns
  const lines = [[PARENT, ...columns.map(({ name }) => name)].join(',')]
  for (const index of file.rows) {
    const record = file.record(index)
    const parent = quoted(key.text(key.name === 'id' ? file.ids[index] : record[key.name]))
    for (const row of rowsIn(record, field)) {
      lines.push([parent, ...columns.map(({ name, text }) => quoted(text(row[name])))].join(','))
    }
  }
  return lines.join('\n') + '\n'
}

/** One file for each field of the records that holds rows, and has any. */
export async function childFiles(
  ctx: Context,
  { stream }: WriteBatch,
  file: BulkFile
): Promise<ChildFile[]> {
  const files: ChildFile[] = []
  const fields = stream.fields.filter(
    ({ name, rows }) => rows && file.rows.some((index) => name in file.record(index))
  )
  for (const field of fields) {
    const columns = await columnsOf(ctx, file, field)
    if (columns.length === 0) continue
    const parent = { api_name: PARENT, index: 0, parent_column_index: 0 }
    files.push({
      name: `${field.name}.csv`,
      text: textOf(file, field, columns),
      module: field.rows ?? field.name,
      mappings: [parent, ...fieldMappings(columns, 1)],
    })
  }
  return files
}
