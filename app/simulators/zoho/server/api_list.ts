import { routeScopes } from '../auth/route_scopes.js'
import { creditRange } from '../limits/credit_ranges.js'
import type { Call, Reply } from './call.js'
import type { Route } from './route.js'

const PATH = '/crm/__apis'

function operationOf({ org }: Call, { method, path }: Route) {
  const name = `${method} ${path}`
  const [least, most] = creditRange(name, org.options)
  return {
    method,
    oauth_scope: routeScopes[name]?.scope ?? null,
    min_credits: least,
    max_credits: most,
  }
}

/** The route that lists all routes, itself too, with their scopes and prices. */
export function apiListRoute(routes: readonly Route[]): Route {
  const run = (call: Call): Reply => {
    const listed = Map.groupBy([route, ...routes], ({ path }) => path)
    const apis = [...listed].map(([path, alike]) => ({
      path: path.replace(/^\/crm(\/bulk)?\//, '/crm$1/v8/'),
      operation_types: alike.map((one) => operationOf(call, one)),
    }))
    return { status: 200, body: { __apis: apis } }
  }
  const route: Route = { method: 'GET', path: PATH, run }
  return route
}
