import type { Json, RecordValues, Value } from './record.js'
import type { Context } from './context.js'
import type { Found, StreamDescription } from './stream.js'

/** A `delete` takes records out of the target, found as an `update` finds them. */
export type Operation = 'insert' | 'update' | 'upsert' | 'delete'

/**
 * How records are recognised in the target: by fields that are unique there, or by the
 * target's own id, which the link table knows or the source holds in `column`.
 */
export type Match = { by: 'fields'; fields: string[] } | { by: 'id'; column?: string }

/**
 * How records are recognised by values that need not be unique in the target: it is searched
 * for records that hold the same, and what becomes of a record depends on how many there are.
 * Once found or created, a record is known by its id.
 */
export interface SearchMatch {
  by: 'search'
  /**
   * Groups of mapped fields, tried in order: the first that finds something counts. Within a
   * group all fields must be equal; spaces at the ends and case do not count. A group in which
   * a value is empty is not tried.
   */
  any: string[][]
  /**
   * What no group finds as it is written is compared once more in one form: mail addresses in
   * lower case, phone numbers by their digits with 00 as +, web addresses by their host without
   * www. For this the match fields of the whole target are read once in a run.
   */
  normalised?: boolean
  /** Where the target holds none; created by default. */
  none?: 'create' | 'skip'
  /** Where it holds one; updated by default. A record that is skipped is known from then on. */
  one?: 'update' | 'skip'
  /** Where it holds several; by default a person is asked. */
  many?: 'ask' | 'skip' | 'oldest' | 'newest'
  /**
   * The target's field by whose order the oldest and the newest are told: a time, or a number that
   * grows. By default the one that the connector names.
   */
  created?: string
}

/** How a service recognises records. Connectors only ever see what `Match` says. */
export type ServiceMatch = Match | SearchMatch

/**
 * Records to write with one call. `ids[i]` is the target's id where it is known, else null. Of a
 * `delete` the records hold only what they are matched by: nothing where `ids` says it all.
 */
export interface WriteBatch {
  stream: StreamDescription
  operation: Operation
  match: Match
  records: RecordValues[]
  /** `records[i]` as JSON, for connectors that send it as it is. */
  json: string[]
  ids: Array<string | null>
  /** The keys that the source knows the records by: the same however often one is sent. */
  keys?: string[]
  /** The fields that the mapping fills: records hold no others. Without it they may hold any. */
  fields?: string[]
  /** What the service sets of the stream's `writeOptions`, complete with their defaults. */
  options: { [name: string]: Value }
  /**
   * The records in their order as the job route composed them, in UTF-8. Absent where the route
   * does not compose, where it answered null for one of them, and after a restart.
   */
  composed?: Uint8Array[]
}

/** Makes of one record its piece of what a job sends; null where the record needs the others for that. */
export type Compose = (record: RecordValues) => string | null

/**
 * What became of one record; `index` is its place in the batch.
 *
 * - `created`, `updated`, `unchanged`: the target holds it, under `id`
 * - `deleted`: the target held it under `id`, and no longer does; of a `delete`, `unchanged` says
 *   that it was gone before
 * - `rejected`: the record is at fault; sending it again as it is would fail again
 * - `failed`: not the record's fault; it may be sent again
 *
 * A record without an outcome counts as `failed`.
 */
export type RecordOutcome =
  | { index: number; state: 'created' | 'updated' | 'unchanged' | 'deleted'; id: string }
  | {
      index: number
      state: 'rejected' | 'failed'
      /** The vendor's code, for example "INVALID_DATA". */
      code: string
      /** A sentence for a person. Holds no secret. */
      message: string
      field?: string
    }

/** What a service asks of its writing, as far as it is known before a record is read. */
export interface WriteWish {
  operation: Operation
  match: Match
  /** The mapped fields; of a `delete` those that records are matched by. */
  fields: string[]
  options: WriteBatch['options']
}

interface RouteBase {
  /** Unique within the stream, for example "upsert" or "bulk_write". */
  name: string
  operations: Operation[]
  /** Most records in one call or job. */
  maxRecords: number
  /**
   * Credits for `records` written in one call or job. Pure, monotonic, and called often.
   * @param records 1 to `maxRecords`
   */
  cost(records: number): number
  /** Calls of this route that may be under way at once. */
  concurrency: number
  /** Operations that may be sent twice without doubling a record. A `delete` always may. */
  idempotent: Operation[]
  /** Whether it can do all that is wished; it can where this is left out. Pure. */
  suits?(wish: WriteWish): boolean
}

/** Writes by calls that answer at once. */
export interface CallRoute extends RouteBase {
  kind: 'call'
  send(ctx: Context, batch: WriteBatch): Promise<RecordOutcome[]>
}

/**
 * What a job has come to. `pollAfter` is in milliseconds. `callsBack` says that the vendor was
 * given the context's `callbackUrl` for this job: it is asked less often then.
 */
export type JobProgress =
  | { state: 'pending'; pollAfter: number; callsBack?: boolean }
  | { state: 'done'; outcomes: RecordOutcome[] }

/** What is known of a batch before its records are. */
export type ComposedBatch = Pick<
  WriteBatch,
  'stream' | 'operation' | 'match' | 'fields' | 'options'
>

/**
 * Writes by jobs. `submit` starts one and answers a ticket (plain data), which the engine
 * stores before it calls `collect`; after a restart `collect` is called with the stored
 * ticket and the same batch. `collect` never waits.
 */
export interface JobRoute extends RouteBase {
  kind: 'job'
  /**
   * For records that wait in their thousands: each is handed over once, while it is at hand, and
   * the job finds the pieces in `composed`. To make the records out again for the job costs
   * several times as much. Answers null where what is sent is only known with all records of the
   * job; `submit` must do without the pieces then.
   */
  compose?(ctx: Context, batch: ComposedBatch): Compose | null
  submit(ctx: Context, batch: WriteBatch): Promise<Json>
  collect(ctx: Context, ticket: Json, batch: WriteBatch): Promise<JobProgress>
}

export type Route = CallRoute | JobRoute

/**
 * Finds records of a batch in the target, by what `match` names or, without a unique field,
 * by all the values sent. Used when a reply was lost. `certain` says that a record not found
 * does not exist; false where the target's index may lag.
 */
export type Lookup = (
  ctx: Context,
  batch: WriteBatch
) => Promise<{ found: Found[]; certain: boolean }>
