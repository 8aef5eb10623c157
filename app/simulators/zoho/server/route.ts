import type { Call, Reply } from './call.js'

export interface Route {
  method: string
  /** As Zoho writes it, the version left out: `/crm/{module}/upsert`. */
  path: string
  run: (call: Call) => Reply | Promise<Reply>
  /** Credits; 1 when not said. */
  cost?: (call: Call) => number
  /** Whether the call counts against the sub-concurrency of 10. */
  isHeavy?: (call: Call) => boolean
}

interface Match {
  route: Route
  params: Record<string, string>
  /** The endpoint's name in the statistics, with the version called. */
  endpoint: string
}

const VERSION = /^(\/crm(?:\/bulk)?)\/(v2|v2\.1|v[3-8])(?=\/)/

export class RouteTable {
  #compiled: { route: Route; pattern: RegExp; names: number }[]

  constructor(routes: readonly Route[]) {
    this.#compiled = routes.map((route) => {
      const source = route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
      const names = route.path.split('{').length - 1
      return { route, pattern: new RegExp(`^${source}$`), names }
    })
  }

  find(method: string, path: string): Match | 'no such path' | 'wrong method' {
    const version = VERSION.exec(path)
    const plain = version ? version[1] + path.slice(version[0].length) : path
    if (!version && path.startsWith('/crm')) return 'no such path'
    // A path that fits literally is not looked at again as a module and an id.
    let fewestNames = Number.POSITIVE_INFINITY
    for (const { route, pattern, names } of this.#compiled) {
      const found = names > fewestNames ? null : pattern.exec(plain)
      if (!found) continue
      fewestNames = names
      if (route.method !== method) continue
      const params = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])
      )
      if (version) params.version = version[2]
      const shown = version
        ? version[1] + '/' + version[2] + route.path.slice(version[1].length)
        : route.path
      return { route, params, endpoint: `${method} ${shown}` }
    }
    return fewestNames < Number.POSITIVE_INFINITY ? 'wrong method' : 'no such path'
  }
}
