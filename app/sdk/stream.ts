import type { Context } from './context.js'
import type { Comparison, Filter } from './filter.js'
import type { Json, RecordValues, Value } from './record.js'
import type { Field } from './schema.js'

/** A stream in a list: enough to choose one. */
export interface StreamSummary {
  name: string
  title: string
  /**
   * Of what hangs on the records of another stream (their notes, their files): that stream, then
   * the one whose records it shows. It needs the scopes of both, is read record by record, and
   * never written.
   */
  within?: string[]
}

/** What a stream is, as plain data. The server stores it and hands it back to `read` and routes. */
export interface StreamDescription extends StreamSummary {
  /** The fields whose values identify a record, in order. Never empty. */
  key: string[]
  fields: Field[]
  readable: boolean
  writable: boolean
  /** The fields that an incremental read can follow (a modified or created time, a growing id). */
  cursors: string[]
  /** The comparisons that `read` evaluates itself, exactly as `Filter` defines them. */
  pushdown: Array<Comparison | 'in' | 'all' | 'any'>
  /** Selections that the vendor keeps under a title, which can be read instead of the whole stream. */
  views?: Array<{ id: string; title: string }>
}

/** A stream that is to be made in the target: its name and what its records shall hold. */
export interface NewStream {
  name: string
  fields: Field[]
  key: string[]
}

/**
 * The bounds of an incremental read. Records with `from <= field <= until` are wanted,
 * in the order of (field, key). Both bounds are inclusive: a bare `>` on a time loses ties.
 * `from` is null in the first read, which begins at the lowest value.
 */
export interface IncrementalBounds {
  field: string
  from: Value
  until: Value
}

export interface ReadQuery {
  /** Where to go on: the `cursor` of the last page that was settled; null at the start. */
  cursor: Json
  /** The fields wanted. The key and the incremental field are always returned as well. */
  fields: string[]
  /** The part of the service's filter that `pushdown` allows; the engine applies the rest. */
  filter: Filter | null
  incremental: IncrementalBounds | null
  /** The id of a view of the stream: only what it shows. Absent or null for the whole stream. */
  view?: string | null
  /** Records per page that suit the engine. A page may hold fewer, never more. */
  pageSize: number
  /** How many records there were when `count` was asked; absent where it was not. A hint for the price. */
  expected?: number
}

/**
 * A page of records. One without records stores its cursor alone, for example the ticket of a
 * job at the vendor, which a restart then adopts.
 */
export interface Page {
  records: RecordValues[]
  /** Reading again from here yields exactly what follows this page. Never null. */
  cursor: Json
  /** There is nothing yet: the engine stores the cursor and asks again after so many milliseconds. */
  pollAfter?: number
  /** The vendor was given the context's `callbackUrl` for what is waited for: it is asked less often. */
  callsBack?: boolean
}

/**
 * One way to read a stream. The engine asks for the cheapest that suits the query, and keeps to
 * it for the whole run.
 */
export interface ReadRoute {
  /** Unique among the stream's ways to read, for example "list" or "bulk_read". */
  name: string
  kind: 'call' | 'job'
  /** Most records that one call or job yields. */
  maxRecords: number
  /**
   * Credits for one call or job that yields `records`. Pure, monotonic, and called often.
   * @param records 1 to `maxRecords`
   * @param query what is asked for, since further fields may cost further calls
   */
  cost(records: number, query: ReadQuery): number
  /** Credits that a whole read costs once, besides its calls or jobs; none where it is absent. */
  fee?(query: ReadQuery): number
  /**
   * Records are as they were when the read began, not when their page is read. Such a way need
   * not keep the order of an incremental read.
   */
  isSnapshot: boolean
  /** Its price follows from what `count` answers alone, which is asked even where there is no other way. */
  needsCount?: boolean
  /** Whether it can answer this query at all (its filter, bounds, fields). Pure. */
  suits(query: ReadQuery): boolean
  /** Why it does not suit a query, as a sentence for the user; null where it has nothing to say. */
  unsuited?(query: ReadQuery): string | null
  /** As `read` of the stream. Cursors of one route are not those of another. */
  read(ctx: Context, stream: StreamDescription, query: ReadQuery): AsyncIterable<Page>
}

/** Records that were deleted since a moment. */
export interface DeletedPage {
  deleted: Array<{ key: string; at: string }>
  cursor: Json
}

/** A record found by `lookup`. `index` is the place of the asked record. */
export interface Found {
  index: number
  id: string
}
