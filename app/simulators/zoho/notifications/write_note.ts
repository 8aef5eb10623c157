import type { LedgerEntry } from '../store/ledger.js'
import type { ChannelEvent } from './channel.js'

/** One write, with what it changed. */
export interface WriteNote {
  entry: LedgerEntry
  changed: string[]
}

export const eventOf: Record<LedgerEntry['action'], ChannelEvent['operation']> = {
  insert: 'create',
  update: 'edit',
  delete: 'delete',
}
