import type { Draft } from './draft.js'

/** The hashes that a person approved, by key: one key may come several times. */
export type ApprovedPlan = Map<string, Set<string>>

export function approvedPlan(
  approved: Array<[key: string, hash: string]> | null
): ApprovedPlan | null {
  if (approved === null) return null
  const plan: ApprovedPlan = new Map()
  for (const [key, hash] of approved) {
    const hashes = plan.get(key) ?? new Set()
    plan.set(key, hashes.add(hash))
  }
  return plan
}

/** Nothing is written that nobody has seen. */
export function isBeyondPlan({ key, hash }: Draft, plan: ApprovedPlan | null): boolean {
  return plan !== null && plan.get(key)?.has(hash) !== true
}

export const CHANGED_SINCE = {
  code: 'CHANGED_SINCE',
  field: null,
  value: null,
  message:
    'The record has changed since the preview that was approved, so it was left out. ' +
    'Send it again, or preview once more to see what would be written now.',
}
