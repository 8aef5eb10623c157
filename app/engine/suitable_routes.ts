import type { Route, ServiceDefinition, WriteBatch } from '#sdk'
import { isUsed } from './is_used.js'
import { usable } from './plan.js'

/** The ways to write that can do all that a service wants of them. */
export function suitableRoutes(
  routes: Route[],
  { target, mapping }: ServiceDefinition,
  options: WriteBatch['options']
): Route[] {
  const { operation, match, route: forced } = target
  const fields = mapping.filter((row) => isUsed(target, row)).map((row) => row.to)
  const wish = { operation, match, options, fields }
  return usable(routes, operation)
    .filter((route) => forced === undefined || route.name === forced)
    .filter((route) => route.suits?.(wish) ?? true)
}
