import { ApiFault } from '../server/api_fault.js'
import { isObject, type Call, type Reply } from '../server/call.js'
import type { Route, RouteTable } from '../server/route.js'
import { readSubRequests, subCall, type SubRequest } from './sub_request.js'
import { UndoWrites } from './undo_writes.js'

type CallCheck = (call: Call, route: Route) => void

interface Composite {
  table: RouteTable
  checkScope: CallCheck
}

function findRoute(table: RouteTable, { method, path }: SubRequest) {
  const found = table.find(method, path)
  if (typeof found !== 'string') return found
  const code = found === 'no such path' ? 'INVALID_URL_PATTERN' : 'INVALID_REQUEST_METHOD'
  throw new ApiFault(found === 'no such path' ? 404 : 400, code, 'the sub request is not valid')
}

/** A call that would be answered later, as a bulk job, has no place in a composite. */
function runOne({ table, checkScope }: Composite, outer: Call, sub: SubRequest): Reply {
  try {
    const { route, params } = findRoute(table, sub)
    const call = subCall(outer, sub, params)
    checkScope(call, route)
    const reply = route.run(call)
    if (!(reply instanceof Promise)) return reply
    throw new ApiFault(400, 'NOT_SUPPORTED', 'the sub request is not supported')
  } catch (error) {
    if (error instanceof ApiFault) return { status: error.status, body: error.body }
    throw error
  }
}

function isFailed({ status, body }: Reply) {
  if (status >= 400) return true
  const data = isObject(body) && Array.isArray(body.data) ? body.data : []
  return data.some((row) => isObject(row) && row.status === 'error')
}

function render({ id }: SubRequest, { status, body, headers }: Reply) {
  const response = { status_code: status, headers: headers ?? {}, body: body ?? null }
  const details = { sub_request_id: id, response }
  return { code: 'SUCCESS', details, message: 'request processed', status: 'success' }
}

const rolledBack = ({ id }: SubRequest) => ({
  code: 'ROLLBACK_PERFORMED',
  details: { sub_request_id: id },
  message: 'rolled back since another request failed',
  status: 'error',
})

export function runComposite(composite: Composite, call: Call): Reply {
  const subs = readSubRequests(call.json())
  const isWhole = call.json().rollback_on_fail === true
  const writes = new UndoWrites(call.org)
  const answers: ReturnType<typeof render>[] = []
  for (const sub of subs) {
    const reply = writes.watch(() => runOne(composite, call, sub))
    answers.push(render(sub, reply))
    if (!isWhole || !isFailed(reply)) continue
    writes.undo()
    const undone = subs.map((other, at) => (other === sub ? answers[at] : rolledBack(other)))
    return { status: 400, body: { __composite_requests: undone } }
  }
  return { status: 200, body: { __composite_requests: answers } }
}
