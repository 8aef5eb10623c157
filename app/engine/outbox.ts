import type { Slot } from './account.js'
import type { Judged } from './match.js'
import type { Settler } from './settler.js'

/** Where those who send records hand back what is not finished. */
export interface Outbox {
  readonly settler: Settler
  /** Records in the order in which they are to be written. */
  admit(judged: Judged[]): void
  /** Lets the records go on that waited for one of these, and settles what is complete. */
  release(slots: Slot[]): void
}
