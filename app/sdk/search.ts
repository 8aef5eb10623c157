import type { Context } from './context.js'
import type { RecordValues } from './record.js'
import type { Field } from './schema.js'
import type { StreamDescription } from './stream.js'

/** Values to search a stream for. */
export interface SearchBatch {
  stream: StreamDescription
  /** A record is wanted that equals one of `records` in all of these fields. Never empty. */
  fields: string[]
  /** At most `maxRecords`; each has a value in every one of `fields`. */
  records: RecordValues[]
  /** The fields that each found record is answered with. */
  wanted: string[]
}

/** A record that the target holds. `values` has every wanted field, null where it is empty. */
export interface Held {
  id: string
  values: RecordValues
}

/**
 * How a stream is searched for records by values that need not be unique.
 *
 * The engine compares what is found once more, so more may be answered than was asked for,
 * but never less: a record that is missing here may be created a second time. An index that
 * lags behind what was written must not be used.
 */
export interface Search {
  /** Most records in one batch. */
  maxRecords: number
  /** Batches that may be under way at once. */
  concurrency: number
  /**
   * Credits for one batch of `records`, where the target does not hold unusually many equal
   * ones. Pure. `fields` are those of the batch.
   */
  cost(records: number, fields: number): number
  /** Why these fields of a stream cannot be searched by, as a sentence for a person; null where they can. Pure. */
  refuses(stream: StreamDescription, fields: Field[]): string | null
  /** The field that says when a record was created, as an instant; null where nothing does. Pure. */
  created(stream: StreamDescription): string | null
  /**
   * All records of the stream that equal one of the batch. Throws ConnectorError: `config`
   * where the account does not allow the search, and as every call does.
   */
  find(ctx: Context, batch: SearchBatch): Promise<Held[]>
}
