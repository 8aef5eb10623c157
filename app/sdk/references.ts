import type { RecordOutcome, WriteBatch } from './write.js'

/** Records that will be written together by one of a stream's routes. */
export interface PlannedWrite {
  route: string
  /** Only the fields that refer to other records are filled. */
  batch: WriteBatch
}

/** What finding the records costs that others refer to by value, besides writing them. */
export interface ReferencePrice {
  credits: number
  /** Different values to be found. */
  values: number
  /** False where it may cost more, by what the target turns out to hold. */
  isExact: boolean
}

/** What records refer to by value, as the target holds it now. */
export interface FoundReferences {
  /** By the record's place in the batch and its field, the id of the one that is meant. */
  found: Array<{ index: number; field: string; id: string }>
  /** Of records that a write would refuse for what they refer to. */
  faults: Array<Extract<RecordOutcome, { state: 'rejected' | 'failed' }>>
  /** What finding them has cost. */
  credits: number
}
