/** How many records ended in each outcome. What was read is their sum. */
export interface Counters {
  created: number
  updated: number
  deleted: number
  unchanged: number
  filtered: number
  rejected: number
  failed: number
  unclear: number
}

export type OutcomeName = keyof Counters

export function noCounters(): Counters {
  return {
    created: 0,
    updated: 0,
    deleted: 0,
    unchanged: 0,
    filtered: 0,
    rejected: 0,
    failed: 0,
    unclear: 0,
  }
}

export function addCounters(a: Counters, b: Counters): Counters {
  return {
    created: a.created + b.created,
    updated: a.updated + b.updated,
    deleted: a.deleted + b.deleted,
    unchanged: a.unchanged + b.unchanged,
    filtered: a.filtered + b.filtered,
    rejected: a.rejected + b.rejected,
    failed: a.failed + b.failed,
    unclear: a.unclear + b.unclear,
  }
}

export function recordsRead(counters: Counters): number {
  return Object.values(counters).reduce((sum, count: number) => sum + count, 0)
}
