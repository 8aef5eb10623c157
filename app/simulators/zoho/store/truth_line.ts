import type { PartialFault } from '../control/fault_rule.js'
import type { LedgerEntry } from './ledger.js'

export interface JobCounts {
  added: number
  updated: number
  skipped: number
  total: number
}

/** A bulk job as it was taken. */
export interface JobTaken {
  job: 'taken'
  id: string
  sent: Record<string, unknown>
  fileName: string
  csv: string
  createdAt: number
  mustFail: boolean
  /** Rows that are to be refused whatever they hold. */
  partial: PartialFault | null
  searchLagMs: number
}

/** A slice of a bulk job's rows, written in one piece with the records it wrote. */
export interface JobWorked {
  job: 'worked'
  id: string
  counts: JobCounts
  text: string
}

export type TruthLine = LedgerEntry | JobTaken | JobWorked
