import type { ReadTaken } from '../store/truth_line.js'

/** One page of a module's rows, as the job found them when it started. */
export interface ReadResult {
  zip: Buffer
  count: number
  /** The last row's id when more rows follow. */
  moreAfter: string | null
  doneAt: number
}

export interface ReadJob {
  taken: ReadTaken
  state: 'ADDED' | 'QUEUED' | 'IN PROGRESS' | 'COMPLETED' | 'FAILURE'
  /** How many writes the org had seen when the job started; null before. */
  startSeq: number | null
  result: ReadResult | null
}
