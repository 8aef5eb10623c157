import type { StreamDescription } from '#sdk'
import { accessTo } from './connector_context.js'
import type { OpenConnector } from './connector_context.js'
import type { Ways } from './builder_queries.js'

/** Asks nobody: a connector knows its ways without a call. */
export function waysOf(open: OpenConnector, stream: StreamDescription): Ways {
  const access = accessTo(open, stream.name)
  const routes = access.routes?.(stream, open.ctx.settings) ?? []
  return {
    operations: [...new Set(routes.flatMap((route) => route.operations))],
    options: access.writeOptions?.(stream) ?? [],
    search: access.search ? { tellsAge: access.search.created(stream) !== null } : null,
    canFlag: access.flagging !== undefined && stream.writable,
  }
}
