import type { LedgerEntry } from './ledger.js'
import type { StoredValues } from './stored_record.js'

/** Who is told of each committed write. */
export interface WriteListener {
  wrote(entry: LedgerEntry, before: StoredValues | null): void
  /** What it has still to say. */
  readonly waiting: number
}
