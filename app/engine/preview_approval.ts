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

/** It has changed since: it is planned again, as in any run, and nobody has seen what that comes to. */
export function isBeyondPlan({ key, hash }: Draft, plan: ApprovedPlan): boolean {
  return plan.get(key)?.has(hash) !== true
}
