import type { Value } from './record.js'
import type { ChangeKind } from './webhooks.js'
import type { Schedule } from './schedule.js'
import type { Operation, ServiceMatch } from './write.js'

/** What a mapped value is turned into. The target field's type decides where it is left out. */
export type Conversion =
  'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'picklist' | 'lookup'

/**
 * How a text is tidied before it is converted: spaces at both ends, runs of spaces, case, or
 * all but its digits.
 */
export type Cleaning = 'trim' | 'collapse' | 'lower' | 'upper' | 'capitalize' | 'digits'

/** What a value must be, besides what the target demands; a record whose value is not is rejected. */
export interface ValueCheck {
  required?: boolean
  /** Of numbers, both inclusive. */
  min?: number
  max?: number
  /** Of texts, in UTF-16 code units. */
  minLength?: number
  maxLength?: number
  /** What a text must be, whatever the target's field takes. */
  format?: 'email' | 'phone' | 'url'
  /** A regular expression that the whole text must match, in the syntax of RE2, which never takes long. */
  pattern?: string
}

/** One row of the field table. Exactly one of `from`, `formula`, `value` and `when` says where the value comes from. */
export interface MappingRow {
  /** Stays the same whatever is changed, so that two versions of a table can be compared. */
  id?: string
  /** The target's field. */
  to: string
  /** A source field. */
  from?: string
  /** A CEL expression over `source`. */
  formula?: string
  /** A constant. */
  value?: Value
  /** The first condition (CEL over `source`) that holds gives the value. */
  when?: Array<{ if: string; value?: Value; formula?: string; from?: string }>
  /** Used when the value is null, empty or no condition holds. */
  default?: Value
  as?: Conversion
  /**
   * With `as: lookup`: the field of the other stream that holds the value. Without it the value
   * is the other record's id.
   */
  by?: string
  /** IANA zone: how a time without an offset is read, and in which zone a date is cut. */
  timezone?: string
  /** Values to replace, source value to target value; others pass unless `default` is set. */
  table?: { [from: string]: Value }
  /** In this order, before the value is looked up in `table` and converted. */
  clean?: Cleaning[]
  /** Of the converted value. */
  check?: ValueCheck
  /** The values of this row's fields are hidden wherever calls are kept for the history. */
  private?: boolean
}

/**
 * Of records that share a match value, in reading order. `reject`: the first one owns the value, and
 * a later one is rejected. `first`: a later one is left out. `last`: a later one takes over, and is
 * written after the earlier.
 */
export type DuplicatePolicy = 'reject' | 'first' | 'last'

/**
 * A field of the source that says whether a record has arrived. Only records whose flag is not set
 * are read; it is set once the target holds the record as it was read, and unset where it does not.
 */
export interface ServiceFlag {
  /** Of the source. True or false, a whole number, a text, or a time, which gets the moment. */
  field: string
  /** What it holds when it is set: true or 1 by default. A text needs it, a time takes none. */
  set?: Value
  /** What it holds when it is unset: false, 0 or nothing by default. Anything but `set` is read. */
  unset?: Value
}

export interface ServiceSource {
  /** Name of a connection. */
  connection: string
  stream: string
  /** A CEL condition over the record's fields, for example `status != "draft"`. */
  filter?: string
  /** A view of the stream, by its title or its id: only what it shows is read. */
  view?: string
  /** Only this way to read is used, whatever it costs. The cheapest by default. */
  route?: string
  /** Records must be as they are when they are read: no snapshot taken before. False by default. */
  live?: boolean
  /** What becomes of records with one match value; `reject` by default. */
  duplicates?: DuplicatePolicy
  /** In place of `incremental`, where the source can be written. */
  flag?: ServiceFlag
}

export interface ServiceTarget {
  connection: string
  stream: string
  operation: Operation
  /** By a search, the operation is `upsert`: what is done follows from what is found. */
  match: ServiceMatch
  /** Only this route is used, whatever it costs. The cheapest plan by default. */
  route?: string
  /** What the target's connector lets a service set of its writing, by name. */
  options?: { [name: string]: Value }
}

export interface Incremental {
  by: 'created' | 'modified'
  /** The source field that the read follows. */
  column: string
  /**
   * Seconds that each read looks back for what committed late; 300 by default. By a number that
   * grows, it goes back to where the service stood so long before its last run.
   */
  overlap?: number
}

/** Runs for the records that changed, where the source's connector tells of changes. */
export interface ChangeTrigger {
  /** All that the connector tells of by default. A deletion is noted, and starts no run. */
  changes?: ChangeKind[]
  /** Minutes after the first change at which a run starts; 10 by default. */
  after?: number
  /** So many changed records start one at once; 100 by default. */
  atRecords?: number
  /** Only changes of these fields matter, where the vendor tells which changed. */
  fields?: string[]
}

/** How much may happen to records before a run stops and asks; whichever is reached first. */
export interface BrakeLimit {
  /** Of the records that the service has in its target already. Says nothing while it has none. */
  percent?: number
  records?: number
}

/** A run stops before it writes more than this, and goes on when a person says so. */
export interface Brakes {
  /** Records created, updated or deleted. A service that deletes has a limit here even without one. */
  changes?: BrakeLimit
  /** Records that do not arrive since something is wrong with them. */
  rejects?: BrakeLimit
}

/** A service as the file, the form and a revision hold it. */
export interface ServiceDefinition {
  name: string
  /** Into a vendor, or out of it. Both run alike; pages and limits tell them apart. */
  kind: 'import' | 'export'
  source: ServiceSource
  target: ServiceTarget
  /** Of a `delete` only the rows that fill the match fields count; by id there may be none. */
  mapping: MappingRow[]
  incremental?: Incremental
  schedule?: Schedule
  trigger?: ChangeTrigger
  brakes?: Brakes
}
