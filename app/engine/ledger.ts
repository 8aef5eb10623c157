import type { Json } from '#sdk'
import type { Counters } from './counters.js'
import type { Draft } from './draft.js'

/**
 * How the hash begins of a record whose match value another took over. The ledger forgets its
 * target id, which is the other's now.
 */
export const BEHIND = '~'

/**
 * What the ledger remembers of a source record. `sending`: it may have been sent and no
 * reply is known. `sent`: the target holds it under `targetId` as `hash` says. `deleted`: this
 * service took it out, so that `targetId` is null and `hash` says of which record that is known.
 */
export interface Link {
  targetId: string | null
  hash: string
  state: 'sending' | 'sent' | 'deleted' | 'rejected' | 'failed' | 'unclear'
  /** Code, message and so on of the last fault, as JSON; null unless rejected, failed or unclear. */
  fault: string | null
}

/** `owner` is the key of another source record that already holds the same match value. */
export interface Matched {
  link: Link | null
  owner: string | null
  /**
   * Neither a link nor an open job holds the key or the match value, and nobody asked for them
   * since the ledger was opened.
   */
  isNew?: boolean
}

/** Links to write, by column: they cross a thread border in their thousands. */
export interface LinkRows {
  keys: string[]
  /**
   * The match value that the record holds in the target, normalised, or the target's id where it
   * was found by a search; null where it holds nothing.
   */
  matches: Array<string | null>
  /** Of a deleted record the id that it had, which a link no longer holds. */
  targetIds: Array<string | null>
  hashes: string[]
  states: Array<Link['state']>
}

/** A record that did not arrive. `payload` is JSON of `{ source, target }` and is sealed by the ledger. */
export interface Fault {
  key: string
  state: 'rejected' | 'failed' | 'unclear'
  code: string
  message: string
  field: string | null
  value: string | null
  payload: string
}

/** A job whose ticket is stored. `drafts` are the records it carries. */
export interface OpenJob {
  id: string
  route: string
  ticket: Json
  drafts: Draft[]
  /** An earlier run of the service ended while it was under way. */
  isOfEarlierRun?: boolean
}

/** One call or submitted job, for the history. */
export interface BatchReport {
  route: string
  records: number
  calls: number
  credits: number
  /** Milliseconds. */
  took: number
}

/** All that becomes true at once. `cursor` covers exactly the records in `counters` and `job`. */
export interface Settlement {
  /** Absent when nothing of the source is covered (a finished job). */
  cursor?: Json
  /** To be added to the run's counters. */
  counters: Counters
  links: LinkRows
  faults: Fault[]
  /** Keys whose open dead letters are settled by this. */
  healed: string[]
  batches: BatchReport[]
  /** A job that was submitted: its records are under way, the cursor passes them. */
  job?: OpenJob
  /** The job that is over. */
  finishedJob?: string
  /** Of `links`, records written whose page is not complete: no counter knows them. */
  ahead?: number
  /** Of `counters`, records that have changed since a person approved them; absent where none have. */
  plannedAgain?: number
}

export interface Checkpoint {
  /** Null at the start of the source. */
  cursor: Json
  counters: Counters
  /** Jobs under way when this run was last interrupted, or when an earlier one ended. */
  jobs: OpenJob[]
  /** Records that earlier attempts wrote and did not count. */
  ahead?: number
  /** Records that earlier attempts planned again. */
  plannedAgain?: number
}

/**
 * The engine's only door to what lasts. Every call is fenced: once the run's lease belongs
 * to another worker it throws LeaseLost, and nothing is stored.
 */
export interface Ledger {
  open(): Promise<Checkpoint>
  /** In the order of `keys`. `matches[i]` is null where records are not matched by fields. */
  match(keys: string[], matches: Array<string | null>): Promise<Matched[]>
  /** Marks records as `sending`, before a call that must not be repeated blindly. */
  intend(links: LinkRows): Promise<void>
  settle(settlement: Settlement): Promise<void>
  /** A job with these very drafts will be settled soon: what that takes may begin. */
  prepare?(drafts: Draft[]): void
}

/** The target is as this service wants it for the record. */
export function isInPlace(state: Link['state']): boolean {
  return state === 'sent' || state === 'deleted'
}

export class LeaseLost extends Error {
  override name = 'LeaseLost'
  constructor() {
    super('The run was taken over by another worker')
  }
}
