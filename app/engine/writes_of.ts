import type { Match, Operation, ServiceTarget } from '#sdk'
import { policyOf } from './search_plan.js'

/** What is asked of the routes of a target. */
export interface Writing {
  operation: Operation
  match: Match
}

/** How a service writes: what a search finds is updated by its id, and the rest is put in. */
export function writesOf({ operation, match }: ServiceTarget): Writing[] {
  if (match.by !== 'search') return [{ operation, match }]
  const { none, one } = policyOf(match)
  const byId: Match = { by: 'id' }
  return [
    ...(none === 'create' ? [{ operation: 'insert' as const, match: byId }] : []),
    ...(one === 'update' ? [{ operation: 'update' as const, match: byId }] : []),
  ]
}

/** Whether the service may create records, only changes some, or takes them out. */
export function purposeOf(target: ServiceTarget): Operation {
  const writes = writesOf(target)
  if (writes.length === 1) return writes[0].operation
  return target.operation
}
