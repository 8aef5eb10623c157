import type { ModuleTable } from '../store/module_table.js'

export interface UploadedFile {
  id: string
  name: string
  bytes: Buffer
}

export interface FieldMapping {
  api_name: string
  index: number | null
  format: string | null
  find_by: string | null
  default_value: string | null
}

export type BulkState = 'ADDED' | 'INPROGRESS' | 'COMPLETED' | 'FAILED'

export interface BulkJob {
  id: string
  state: BulkState
  operation: 'insert' | 'update' | 'upsert'
  table: ModuleTable
  file: UploadedFile
  fileName: string
  findBy: string | null
  ignoreEmpty: boolean
  mappings: FieldMapping[]
  hasMappings: boolean
  callback: unknown
  createdAt: number
  startsAt: number
  counts: { added: number; updated: number; skipped: number; total: number }
  failure: string | null
  mustFail: boolean
  searchLagMs: number
  result: Buffer | null
}
