import type { ModuleTable } from '../store/module_table.js'
import type { JobCounts, JobTaken } from '../store/truth_line.js'
import type { CellTime } from './cell_time.js'

export interface UploadedFile {
  id: string
  name: string
  bytes: Buffer
}

export interface FieldMapping {
  apiName: string
  /** Column, from 0; null when only a default value is mapped. */
  index: number | null
  findBy: string | null
  defaultValue: string | null
  time: CellTime | null
}

export interface BulkOrder {
  operation: 'insert' | 'update' | 'upsert'
  table: ModuleTable
  findBy: string | null
  ignoreEmpty: boolean
  mappings: readonly FieldMapping[]
  /** `field_mappings` and `callback` as they were sent, shown again with the job. */
  sentMappings: unknown
  callback: unknown
}

export interface BulkJob {
  taken: JobTaken
  order: BulkOrder
  state: 'ADDED' | 'INPROGRESS' | 'COMPLETED' | 'FAILED'
  counts: JobCounts
  /** Result rows so far, as CSV. */
  text: string
  /** Why the whole job failed. */
  failure: string | null
  result: Buffer | null
}
