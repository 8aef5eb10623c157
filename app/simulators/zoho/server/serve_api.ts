import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkScope } from '../auth/check_scope.js'
import { findCaller } from '../auth/find_caller.js'
import type { Fault } from '../control/fault_rule.js'
import type { OrgHolder } from '../control/serve_control.js'
import type { SimulatedOrg } from '../simulated_org.js'
import { ApiFault } from './api_fault.js'
import { apiListRoute } from './api_list.js'
import { Call, type Reply } from './call.js'
import { checkContentType } from './check_content_type.js'
import { checkHost } from './check_host.js'
import { readBody } from './read_body.js'
import { RouteTable } from './route.js'
import { routes } from './routes.js'

const table = new RouteTable([apiListRoute(routes), ...routes])

function tooMany(message: string) {
  return new ApiFault(429, 'TOO_MANY_REQUESTS', message)
}

function findRoute(method: string, path: string) {
  const found = table.find(method, path)
  if (found === 'no such path') {
    throw new ApiFault(
      404,
      'INVALID_URL_PATTERN',
      'Please check if the URL trying to access is a correct one'
    )
  }
  if (found === 'wrong method') {
    throw new ApiFault(
      400,
      'INVALID_REQUEST_METHOD',
      'The http request method type is not a valid one'
    )
  }
  return found
}

type Found = ReturnType<typeof findRoute>

function pay({ org }: Call, { endpoint }: Found, cost: number) {
  if (!org.credits.spend(cost, org.clock.now())) throw tooMany(org.options.creditsMessage)
  org.stats.count(endpoint, cost)
}

/** A call whose body cannot be priced costs a single credit. */
function priceOf(call: Call, found: Found) {
  try {
    return found.route.cost?.(call) ?? 1
  } catch (error) {
    if (call.org.options.chargeFailedCalls) pay(call, found, 1)
    throw error
  }
}

async function runPaid(call: Call, found: Found, cost: number) {
  const { org } = call
  pay(call, found, cost)
  const refund = () => {
    if (!org.options.chargeFailedCalls) org.refund(found.endpoint, cost)
  }
  try {
    const ms = org.options.latencyMs + (call.fault('latency')?.ms ?? 0)
    if (ms > 0) await sleep(ms)
    const reply = await found.route.run(call)
    if (reply.status >= 400) refund()
    return reply
  } catch (error) {
    refund()
    throw error
  }
}

async function runCall(call: Call, found: Found) {
  const { org, caller } = call
  const gate = org.gateOf(caller.clientId)
  checkScope(call, found.route)
  checkContentType(call, found.route)
  const cost = priceOf(call, found)
  const isHeavy = found.route.isHeavy?.(call) ?? false
  if (isHeavy && !gate.enterHeavy()) throw tooMany(org.options.subConcurrencyMessage)
  try {
    return await runPaid(call, found, cost)
  } finally {
    if (isHeavy) gate.leaveHeavy()
  }
}

function withCredits(org: SimulatedOrg, reply: Reply): Reply {
  const remaining = org.credits.remaining(org.clock.now())
  if (remaining > org.credits.limit / 2) return reply
  return { ...reply, headers: { ...reply.headers, 'X-API-CREDITS-REMAINING': String(remaining) } }
}

/** One call to the CRM: door, gate, scope, price, work. */
export async function serveApi(
  holder: OrgHolder,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  const { headers, method = 'GET' } = request
  checkHost(headers.host, url.pathname, holder.org.options.apiHosts)
  const { token, org, caller } = findCaller(holder, headers.authorization)
  const gate = org.gateOf(caller.clientId)
  if (!gate.enter()) throw tooMany(org.options.concurrencyMessage)
  try {
    if (faults.some(({ kind }) => kind === 'token_expired')) {
      org.accounts.revoke(token)
      throw new ApiFault(401, 'INVALID_TOKEN', 'invalid oauth token')
    }
    const found = findRoute(method, url.pathname)
    const body = await readBody(request)
    const call = new Call(org, url.searchParams, headers, body, found.params, faults, caller)
    return withCredits(org, await runCall(call, found))
  } finally {
    gate.leave()
  }
}
