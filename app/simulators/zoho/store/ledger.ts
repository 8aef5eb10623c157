import type { StoredValues } from './stored_record.js'

export interface LedgerEntry {
  seq: number
  at: number
  module: string
  id: string
  action: 'insert' | 'update' | 'delete'
  via: 'rest' | 'bulk' | 'user'
  match: { field: string; value: unknown } | null
  /** null: the key was absent, so every automation ran. */
  trigger: readonly string[] | null
  changed: boolean
  /** Who wrote; null for the org's first user. */
  by: string | null
  values: StoredValues
}

export interface ModuleCounts {
  inserts: number
  updates: number
  unchanged: number
  deletes: number
}

/** The truth: what was committed, in order. */
export class Ledger {
  readonly entries: LedgerEntry[] = []
  readonly counts = new Map<string, ModuleCounts>()

  append(entry: Omit<LedgerEntry, 'seq'>) {
    const numbered: LedgerEntry = { seq: this.entries.length + 1, ...entry }
    this.entries.push(numbered)
    const counts = this.#countsOf(entry.module)
    if (entry.action === 'insert') counts.inserts += 1
    else if (entry.action === 'delete') counts.deletes += 1
    else counts.updates += 1
    if (!entry.changed) counts.unchanged += 1
    return numbered
  }

  #countsOf(module: string) {
    const counts = this.counts.get(module) ?? { inserts: 0, updates: 0, unchanged: 0, deletes: 0 }
    this.counts.set(module, counts)
    return counts
  }
}
