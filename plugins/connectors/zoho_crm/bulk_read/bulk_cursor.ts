import type { Json } from '#sdk'

/** How far a read by jobs has come. */
export interface Progress {
  /** The id behind which the jobs' criteria begin; null for none. */
  from: string | null
  /** Zoho's page of the criteria, from 1. */
  page: number
  /** Rows of the job's file that were read. */
  row: number
  /** The last id that was read in any job. */
  last: string | null
  /** Rows that were read in all jobs. */
  seen: number
  /** Whether ids only rose so far. */
  isOrdered: boolean
}

/** Where a read by jobs goes on. `job` is the ticket: a restart finds the job by it. */
export type BulkCursor =
  | ({ at: 'start' } & Progress)
  | ({ at: 'job'; job: string; callsBack: boolean } & Progress)
  | { at: 'end' }

const nothing: Progress = { from: null, page: 1, row: 0, last: null, seen: 0, isOrdered: true }

function number(value: Json | undefined, fallback: number) {
  return typeof value === 'number' ? value : fallback
}

function text(value: Json | undefined) {
  return typeof value === 'string' ? value : null
}

export function readBulkCursor(json: Json): BulkCursor {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { at: 'start', ...nothing }
  }
  if (json.at === 'end') return { at: 'end' }
  const progress = {
    from: text(json.from),
    page: number(json.page, 1),
    row: number(json.row, 0),
    last: text(json.last),
    seen: number(json.seen, 0),
    isOrdered: json.isOrdered !== false,
  }
  const job = text(json.job)
  return json.at === 'job' && job !== null
    ? { at: 'job', job, callsBack: json.callsBack === true, ...progress }
    : { at: 'start', ...progress }
}

/** So many rows in the order of ids are no accident. */
const PROOF = 1000

/** Behind which id another job may begin without losing a record; null where that is not sure. */
export function boundaryOf({ isOrdered, seen, last, from }: Progress): string | null {
  return isOrdered && last !== null && seen >= PROOF ? last : from
}

/** Ids have more digits than a number is exact. */
export function isBehind(id: string, last: string | null) {
  if (last === null) return true
  return id.length === last.length ? id > last : id.length > last.length
}
