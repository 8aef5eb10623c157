import type { Route, ServiceDefinition, WriteBatch } from '#sdk'
import { isUsed } from './is_used.js'
import { usable } from './plan.js'
import { writesOf, type Writing } from './writes_of.js'

/** The ways to write that can do all that a service wants of them in one of its writings. */
export function suitableRoutes(
  routes: Route[],
  { target, mapping }: ServiceDefinition,
  options: WriteBatch['options'],
  { operation, match }: Writing = writesOf(target)[0]
): Route[] {
  const { route: forced } = target
  const fields = mapping.filter((row) => isUsed(target, row)).map((row) => row.to)
  const wish = { operation, match, options, fields }
  return usable(routes, operation)
    .filter((route) => forced === undefined || route.name === forced)
    .filter((route) => route.suits?.(wish) ?? true)
}
