import type { Counts } from '../../types.js'

/** The outcomes in reading order, in words and colours. */
export const OUTCOMES: Array<{ name: keyof Counts; label: string; bar: string }> = [
  { name: 'created', label: 'Created', bar: 'bg-emerald-500' },
  { name: 'updated', label: 'Updated', bar: 'bg-sky-500' },
  { name: 'deleted', label: 'Deleted', bar: 'bg-fuchsia-500' },
  { name: 'unchanged', label: 'Unchanged', bar: 'bg-zinc-400 dark:bg-zinc-500' },
  { name: 'filtered', label: 'Filtered', bar: 'bg-zinc-300 dark:bg-zinc-600' },
  { name: 'rejected', label: 'Rejected', bar: 'bg-red-500' },
  { name: 'failed', label: 'Failed', bar: 'bg-orange-500' },
  { name: 'unclear', label: 'Unclear', bar: 'bg-amber-400' },
]

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** Records that did not arrive. */
export function troubleOf(counts: Counts): number {
  return counts.rejected + counts.failed + counts.unclear
}
