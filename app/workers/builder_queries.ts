import type {
  Operation,
  RecordValues,
  ServiceDefinition,
  SettingField,
  StreamDescription,
  Value,
} from '#sdk'
import type { Problem } from '#engine/problem'

/** What a service may choose of the way a stream is written. */
export interface Ways {
  operations: Operation[]
  options: SettingField[]
  /** Records can be searched for by any values; whether their age is known. */
  search: { tellsAge: boolean } | null
  /** Its own records can be flagged once they have arrived. */
  canFlag: boolean
}

export interface SampleQuery {
  stream: StreamDescription
  count: number
}

/** Which values a field holds. */
export interface ValuesQuery {
  stream: StreamDescription
  field: string
  /** Records that are read, and milliseconds in which. */
  most: number
  within: number
}

export interface FoundValues {
  /** The most frequent first; empty ones are left out. */
  values: Array<{ value: string; count: number }>
  /** Records that were looked at. */
  records: number
  /** False where there are more records, or values, than these. */
  isWhole: boolean
}

/** A field table that is being written, and records to try it on. */
export interface TrialQuery {
  definition: ServiceDefinition
  source: StreamDescription
  target: StreamDescription
  records: RecordValues[]
}

export interface TriedCell {
  to: string
  value: Value
  /** What is wrong with it; null where nothing is. */
  fault: string | null
}

export interface TriedRecord {
  key: string
  isFiltered: boolean
  cells: TriedCell[]
  /** What is wrong with the record as a whole, such as a mandatory field that nothing fills. */
  faults: string[]
}

export interface MappingTrial {
  problems: Problem[]
  records: TriedRecord[]
}
