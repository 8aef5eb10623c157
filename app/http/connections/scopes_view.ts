import type { ConnectionUse } from '#domain/connections/connection_uses'
import { missingScopes } from '#domain/connections/covers_scope'
import { wantedScopes } from '#domain/connections/wanted_scopes'
import type { Scopes } from '#sdk'

export type ScopesView = {
  /** Null where nobody told what was granted. */
  held: string[] | null
  missing: Array<{ scope: string; services: string[] }>
}

/** Scopes held against scopes needed, and by which service. */
export function viewScopes(
  scopes: Scopes,
  held: string[] | null,
  uses: ConnectionUse[]
): ScopesView {
  if (held === null) return { held, missing: [] }
  const byScope = new Map<string, string[]>(
    missingScopes(held, scopes.always).map((scope) => [scope, []])
  )
  for (const { name, wishes } of uses) {
    for (const scope of missingScopes(held, wantedScopes({ ...scopes, always: [] }, wishes))) {
      byScope.set(scope, [...(byScope.get(scope) ?? []), name])
    }
  }
  return { held, missing: [...byScope].map(([scope, services]) => ({ scope, services })) }
}
