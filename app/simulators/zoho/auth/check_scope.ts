import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import type { Route } from '../server/route.js'
import { routeScopes } from './route_scopes.js'
import { missingScope } from './scopes.js'

const MODULE = '{module}'

/** The scopes a call needs; a module that is not known needs none, for it is refused anyway. */
function needsOf(call: Call, { method, path }: Route) {
  const route = routeScopes[`${method} ${path}`]
  if (!route) return []
  const name = route.moduleOf?.(call) ?? call.params.module
  const module = call.org.store.tables.get(name)?.module
  const needs = [...route.scope.split(','), ...(route.alsoOf?.(call) ?? [])]
  return needs.flatMap((need) => {
    if (!need.includes(MODULE)) return [need]
    if (!module) return []
    const { apiName, generatedType } = module
    // Scopes spell Sales_Orders salesorders.
    if (generatedType === 'default') return [need.replace(MODULE, apiName.replaceAll('_', ''))]
    return [`${need.replace(MODULE, apiName)}|${need.replace(MODULE, 'custom')}`]
  })
}

export function checkScope(call: Call, route: Route) {
  if (call.caller.scopes === null) return
  if (missingScope(call.caller.scopes, needsOf(call, route)) === undefined) return
  throw new ApiFault(401, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL')
}
