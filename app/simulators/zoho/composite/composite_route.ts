import { checkScope } from '../auth/check_scope.js'
import { RouteTable, type Route } from '../server/route.js'
import type { Call } from '../server/call.js'
import { runComposite } from './run_composite.js'
import { readSubRequests, subCall } from './sub_request.js'

/** Calls that end later, or carry files. */
const APART = /^\/crm\/(?:bulk|upload|files|actions)/

/** The price of a composite: its own, and that of each call in it. */
function costOf(table: RouteTable, call: Call) {
  const { compositeCredits, compositeChargesCalls } = call.org.options
  return readSubRequests(call.json()).reduce((sum, sub) => {
    const found = table.find(sub.method, sub.path)
    if (typeof found === 'string' || !compositeChargesCalls) return sum
    return sum + (found.route.cost ? found.route.cost(subCall(call, sub, found.params)) : 1)
  }, compositeCredits)
}

/** Up to five calls in one, among the routes given. */
export function compositeRoute(routes: readonly Route[]): Route {
  const table = new RouteTable(routes.filter(({ path }) => !APART.test(path)))
  return {
    method: 'POST',
    path: '/crm/__composite_requests',
    run: (call) => runComposite({ table, checkScope }, call),
    cost: (call) => costOf(table, call),
    isHeavy: () => true,
  }
}
