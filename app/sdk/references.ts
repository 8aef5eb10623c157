import type { WriteBatch } from './write.js'

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
