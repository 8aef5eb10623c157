import type { ReadQuery, StreamAccess } from '#sdk'
import { planReading } from './open_source.js'
import { planWrites } from './plan.js'
import type { Run } from './run.js'
import type { SyncInput } from './sync_input.js'

/** Records that go one way, and what that costs. */
export interface PlannedRoute {
  route: string
  way: 'read' | 'match' | 'resolve' | 'write'
  records: number
  calls: number
  credits: number
}

/** A person waits for a preview, so it reads without jobs at the vendor. */
export function byCalls({ readRoutes, ...access }: StreamAccess): StreamAccess {
  if (readRoutes === undefined) return access
  const calls: StreamAccess['readRoutes'] = (ctx, stream) =>
    readRoutes(ctx, stream).filter((route) => route.kind === 'call')
  return { ...access, readRoutes: calls }
}

/** @param known how many records there are; null where nobody has read them all */
export async function plannedRead(
  input: SyncInput,
  query: ReadQuery,
  known: number | null
): Promise<PlannedRoute[]> {
  const { ctx, stream, access } = input.source
  const routes = access.readRoutes?.(ctx, stream) ?? []
  if (routes.length === 0) return []
  const likely = known ?? input.likely
  const plan = await planReading({ ...input, likely }, query, routes)
  const { route, records, calls, credits } = plan
  return [{ route: route.name, way: 'read', records: records ?? 0, calls, credits }]
}

/** `counts` are those of the records that go into the target, that change there, and that leave it. */
export function plannedWrites(
  { lanes }: Run,
  counts: { create: number; update: number; delete: number }
): PlannedRoute[] {
  const parts = new Map<string, PlannedRoute>()
  for (const { writing, routes } of lanes) {
    const { operation } = writing
    const all = counts.create + counts.update + counts.delete
    const own = operation === 'insert' ? counts.create : counts.update
    for (const { route, records } of planWrites(routes, lanes.length > 1 ? own : all, operation)) {
      const { name } = route
      const none = { route: name, way: 'write' as const, records: 0, calls: 0, credits: 0 }
      const part = parts.get(name) ?? none
      part.records += records
      part.calls++
      part.credits += route.cost(records)
      parts.set(name, part)
    }
  }
  return [...parts.values()]
}
