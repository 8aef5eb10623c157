import type { Context } from './context.js'
import type { RecordValues, Value } from './record.js'
import type { StreamDescription } from './stream.js'

/** Records of a source whose flag is to hold one value. */
export interface FlagBatch {
  stream: StreamDescription
  /** The field that is the flag. */
  field: string
  /** What it is to hold in all of them. An instant is cut to what the field keeps. */
  value: Value
  /**
   * The records as they were read, at most `maxRecords`: the key, and whatever else was read. One
   * of which only the key is given is flagged whatever it holds now.
   */
  records: RecordValues[]
}

/**
 * - `flagged`: the flag holds the value now
 * - `changed`: another field than the flag no longer holds what was read, and nothing was written
 * - `gone`: the source holds no record with this key
 */
export type FlagOutcome = 'flagged' | 'changed' | 'gone'

/**
 * How a source lets its own records be flagged, so that what has arrived is not read again.
 *
 * Whether a record is as it was read and the writing of its flag are one step: nobody may change
 * it between the two. Nothing but the flag is changed, not even the time of the last change.
 */
export interface Flagging {
  /** Most records in one batch. */
  maxRecords: number
  /**
   * An outcome for each record, in order. Doing it twice leaves what doing it once does. Throws
   * ConnectorError: `config` where the field or the right to write it is missing, `transient`
   * where the source cannot be reached or the reply was lost.
   */
  flag(ctx: Context, batch: FlagBatch): Promise<FlagOutcome[]>
}
