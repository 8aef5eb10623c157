/**
 * What a field holds. `decimal` travels as a string, `lookup` as `{ id: string }`,
 * `multipicklist` as an array of strings, `json` as any value. On its way to a target a
 * `lookup` may also be `{ by: string, value: Value }`: the record of the stream that it points
 * to whose field `by` holds `value`. The connector finds it; one that is not there makes the
 * record `rejected` with the code LOOKUP_NOT_FOUND, one of several LOOKUP_AMBIGUOUS.
 */
export type FieldType =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'picklist'
  | 'multipicklist'
  | 'email'
  | 'phone'
  | 'url'
  | 'lookup'
  | 'json'

/** One field of a stream. Only what the vendor states is set; the engine guesses nothing. */
export interface Field {
  /** The name used in mappings and on the wire. */
  name: string
  /** The name a person knows. Defaults to `name`. */
  label?: string
  type: FieldType
  /** A record without a value here is rejected by the target on insert. */
  mandatory?: boolean
  /** The source may hold null here. */
  nullable?: boolean
  /** Longest text, in UTF-16 code units. */
  maxLength?: number
  /** Most digits before the decimal point (`integer`, `decimal`). */
  maxDigits?: number
  /** Most digits after the decimal point (`decimal`). */
  maxScale?: number
  /** A `decimal` that the target takes as a JSON number; a string by default. */
  asNumber?: boolean
  /** The values of a picklist, as stored. */
  values?: string[]
  /** The target refuses a value that is not in `values`. */
  closed?: boolean
  /** No two records of the stream share a value here, so records can be matched by it. */
  unique?: boolean
  /** Records can be matched by it although nothing keeps two of them from sharing a value. */
  matchable?: boolean
  /** Cannot be written. */
  readOnly?: boolean
  /** The stream that a `lookup` points to. */
  lookup?: string
  /** The stream of the rows that a `json` field holds as a list (line items, a subform). */
  rows?: string
  /**
   * Of a `json` field that points to many records of `lookup`: the lookup field of its `rows`
   * that does. Its value is a list of what a `lookup` takes.
   */
  through?: string
  /** A `json` field that holds files: a list of `{ url }` and `{ name, base64 }` when written. */
  files?: boolean
  custom?: boolean
}
