import type { WriteBatch } from '#sdk'
import { callbackPart } from '../api/with_callback.js'
import type { WriteSettings } from '../write/write_settings.js'
import type { ChildFile } from './child_files.js'
import { type FieldMapping, fieldMappings } from './field_mappings.js'
import type { BulkFile } from './plan_file.js'

export const FILE_NAME = 'records.csv'

/** The order of a bulk job: the records' file first, then those of their rows. */
export function jobBody(
  { stream, operation }: WriteBatch,
  { layout }: WriteSettings,
  { file, children, fileId }: { file: BulkFile; children: ChildFile[]; fileId: string },
  callbackUrl: string | null
): string {
  const resource = (module: string, name: string, mappings: FieldMapping[]) => ({
    type: 'data',
    module: { api_name: module },
    file_id: fileId,
    file_names: [name],
    ignore_empty: file.ignoreEmpty,
    field_mappings: mappings,
  })
  const layouts = layout === null ? [] : [{ api_name: 'Layout', default_value: { value: layout } }]
  const mappings = [...fieldMappings(file.columns), ...layouts]
  const records = resource(stream.name, FILE_NAME, mappings)
  return JSON.stringify({
    operation,
    character_encoding: 'UTF-8',
    ignore_empty: file.ignoreEmpty,
    ...callbackPart(callbackUrl),
    resource: [
      file.findBy === null ? records : { ...records, find_by: file.findBy },
      ...children.map(({ module, name, mappings: own }) => resource(module, name, own)),
    ],
  })
}
