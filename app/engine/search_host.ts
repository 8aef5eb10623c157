import type { Context, StreamDescription } from '#sdk'
import type { BatchReport } from './ledger.js'
import type { Patience } from './retry.js'
import type { SyncInput } from './sync_input.js'

/** What looking for records in the target needs of the run that it is part of. */
export interface SearchHost {
  readonly input: Pick<SyncInput, 'target' | 'world' | 'isHasty' | 'mostSearched'>
  readonly patience: Patience
  readonly credits: { planned: number; spent: number }
  readonly isHalted: boolean
  readonly target: StreamDescription
  readonly targetContext: Context
  charge(report: BatchReport): void
  rest(milliseconds: number): Promise<void>
  assertGoing(): void
}
