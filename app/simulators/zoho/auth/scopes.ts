const OPERATION = '(ALL|READ|CREATE|UPDATE|DELETE|WRITE|CUSTOM)'
const known = [
  new RegExp(`^ZohoCRM\\.[a-z_]+(\\.\\w+)*\\.${OPERATION}$`, 'i'),
  new RegExp(`^ZohoBooks\\.[a-z]+\\.${OPERATION}$`, 'i'),
  new RegExp(`^Desk\\.[a-z]+\\.${OPERATION}$`, 'i'),
  new RegExp(`^ZohoFiles\\.files\\.${OPERATION}$`, 'i'),
  /^ZohoSearch\.securesearch\.READ$/i,
  /^AaaServer\.profile\.READ$/i,
]
const WRITES = ['create', 'update', 'delete']

export const splitScopes = (text: string) => text.split(/[\s,]+/).filter(Boolean)

export const isKnownScope = (scope: string) => known.some((pattern) => pattern.test(scope))

/** `modules.ALL` covers `modules.leads.READ`; WRITE stands for create, update and delete. */
function covers(granted: string, needed: string) {
  const held = granted.toLowerCase().split('.')
  const wanted = needed.toLowerCase().split('.')
  const operation = held.pop() ?? ''
  const wantedOperation = wanted.pop() ?? ''
  if (held.some((part, at) => part !== wanted[at])) return false
  if (operation === 'all' || operation === wantedOperation) return true
  return operation === 'write' && WRITES.includes(wantedOperation)
}

/** The first need that no scope covers; alternatives of one need stand between bars. */
export function missingScope(granted: readonly string[] | null, needs: readonly string[]) {
  if (granted === null) return undefined
  return needs.find((need) => {
    const ways = need.split('|')
    return !ways.some((way) => granted.some((scope) => covers(scope, way)))
  })
}
