import type { BulkReadQuery, FileType } from '../bulk/bulk_read_query.js'
import type { PartialFault } from '../control/fault_rule.js'
import type { Channel } from '../notifications/channel.js'
import type { LedgerEntry } from './ledger.js'

export interface JobCounts {
  added: number
  updated: number
  skipped: number
  total: number
}

/** A CSV of an upload. */
export interface JobFile {
  name: string
  csv: string
}

/** A bulk job as it was taken. */
export interface JobTaken {
  job: 'taken'
  id: string
  sent: Record<string, unknown>
  files: JobFile[]
  callback: string | null
  createdAt: number
  mustFail: boolean
  /** Rows that are to be refused whatever they hold. */
  partial: PartialFault | null
  searchLagMs: number
  /** Who took it; null for the org's first user. */
  by: string | null
}

/** A slice of a bulk job's rows, written in one piece with the records it wrote. */
export interface JobWorked {
  job: 'worked'
  id: string
  /** Position of the file among those of the job. */
  part: number
  counts: JobCounts
  text: string
  ids: string[]
}

/** A bulk read as it was taken. */
export interface ReadTaken {
  job: 'read taken'
  id: string
  query: BulkReadQuery
  fileType: FileType
  callback: string | null
  createdAt: number
  /** Id of the user who asked. */
  by: string
  mustFail: boolean
}

/** A bulk read shows the records as they stood after so many writes. */
export interface ReadStarted {
  job: 'read started'
  id: string
  seq: number
}

/** A notification channel as it was set; null when it was given up. */
export interface ChannelSet {
  job: 'channel'
  id: string
  channel: Channel | null
}

/** A file that was uploaded. */
export interface FileKept {
  job: 'file'
  id: string
  name: string
  base64: string
}

export type JobLine = JobTaken | JobWorked | ReadTaken | ReadStarted | ChannelSet | FileKept

export type TruthLine = LedgerEntry | JobLine
