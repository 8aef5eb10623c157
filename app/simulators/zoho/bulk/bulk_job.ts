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
  /** Column of the parent's file whose cell this column repeats. */
  parentColumn: number | null
}

export interface BulkOrder {
  operation: 'insert' | 'update' | 'upsert'
  table: ModuleTable
  findBy: string | null
  ignoreEmpty: boolean
  mappings: readonly FieldMapping[]
  /** `field_mappings` as they were sent, shown again with the job. */
  sentMappings: unknown
}

/** One resource of a job: a file and what is done with its rows. */
export interface BulkPart {
  order: BulkOrder
  fileName: string
  counts: JobCounts
  /** Result rows so far, as CSV. */
  text: string
  /** Records of the rows so far; empty for a row that was skipped. */
  ids: string[]
}

export interface BulkJob {
  taken: JobTaken
  /** The parent's first, then those of rows that hang on its records. */
  parts: BulkPart[]
  state: 'ADDED' | 'INPROGRESS' | 'COMPLETED' | 'FAILED'
  /** Why the whole job failed. */
  failure: string | null
  result: Buffer | null
}
