import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { authenticate } from '../auth/authenticate.js'
import type { Fault } from '../control/fault_rule.js'
import type { SimulatedOrg } from '../simulated_org.js'
import { ApiFault } from './api_fault.js'
import { Call, type Reply } from './call.js'
import { readBody } from './read_body.js'
import { RouteTable } from './route.js'
import { routes } from './routes.js'

const table = new RouteTable(routes)

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

async function runCall(call: Call, { route, endpoint }: ReturnType<typeof findRoute>) {
  const { org } = call
  const isHeavy = route.isHeavy?.(call) ?? false
  const cost = route.cost ? route.cost(call) : 1
  if (isHeavy && !org.gate.enterHeavy()) {
    throw tooMany('You have exceeded the sub-concurrency limit for this API')
  }
  try {
    if (!org.credits.spend(cost, org.clock.now())) {
      throw tooMany('You have exhausted the API credits of the last 24 hours')
    }
    org.stats.count(endpoint, cost)
    const ms = org.options.latencyMs + (call.fault('latency')?.ms ?? 0)
    if (ms > 0) await sleep(ms)
    return await route.run(call)
  } finally {
    if (isHeavy) org.gate.leaveHeavy()
  }
}

function withCredits(org: SimulatedOrg, reply: Reply): Reply {
  const remaining = org.credits.remaining(org.clock.now())
  if (remaining > org.credits.limit / 2) return reply
  return { ...reply, headers: { ...reply.headers, 'X-API-CREDITS-REMAINING': String(remaining) } }
}

/** One call to the CRM: door, gate, price, work. */
export async function serveApi(
  org: SimulatedOrg,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  if (!org.gate.enter()) throw tooMany('You have exceeded the concurrency limit of your edition')
  try {
    const token = authenticate(org, request.headers.authorization)
    if (faults.some(({ kind }) => kind === 'token_expired')) {
      org.tokens.revoke(token)
      throw new ApiFault(401, 'INVALID_TOKEN', 'invalid oauth token')
    }
    const found = findRoute(request.method ?? 'GET', url.pathname)
    const body = await readBody(request)
    const { searchParams } = url
    const call = new Call(org, searchParams, request.headers, body, found.params, faults)
    return withCredits(org, await runCall(call, found))
  } finally {
    org.gate.leave()
  }
}
