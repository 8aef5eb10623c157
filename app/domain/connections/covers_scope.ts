const WRITES = ['create', 'update']

/** Whether a granted scope allows what another one names: `a.READ` covers `a.b.READ`, `a.ALL` all of a. */
export function coversScope(granted: string, needed: string): boolean {
  const [path, verb] = parts(granted)
  const [wantedPath, wantedVerb] = parts(needed)
  const isAbove = wantedPath === path || wantedPath.startsWith(`${path}.`)
  if (!isAbove) return false
  if (verb === wantedVerb || verb === 'all') return true
  return verb === 'write' && WRITES.includes(wantedVerb)
}

function parts(scope: string): [path: string, verb: string] {
  const lower = scope.trim().toLowerCase()
  const at = lower.lastIndexOf('.')
  return at === -1 ? [lower, ''] : [lower.slice(0, at), lower.slice(at + 1)]
}

export function missingScopes(granted: string[], needed: string[]): string[] {
  return needed.filter((scope) => !granted.some((each) => coversScope(each, scope)))
}
