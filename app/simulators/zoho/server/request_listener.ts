import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { grantToken } from '../auth/grant_token.js'
import type { Fault } from '../control/fault_rule.js'
import { serveControl, type OrgHolder } from '../control/serve_control.js'
import type { SimulatedOrg } from '../simulated_org.js'
import { ApiFault } from './api_fault.js'
import type { Reply } from './call.js'
import { forcedReply } from './forced_reply.js'
import { readBody } from './read_body.js'
import { readForm } from './read_form.js'
import { sendReply } from './send_reply.js'
import { serveApi } from './serve_api.js'

const TOKEN = 'POST /oauth/v2/token'

async function serveToken(
  org: SimulatedOrg,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  const body = await readBody(request)
  const form = readForm(url.searchParams, body, request.headers['content-type'] ?? '')
  const throttle = faults.find((fault) => fault.kind === 'token_throttled')
  const latency = faults.find((fault) => fault.kind === 'latency')
  if (latency) await sleep(latency.ms)
  org.stats.count(TOKEN, 0)
  return grantToken(org, form, throttle && (throttle.as ?? 400))
}

async function serveVendor(
  org: SimulatedOrg,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  const forced = faults.find((fault) => fault.kind === 'status')
  if (forced) {
    org.stats.refuse(`INJECTED_${forced.status}`)
    return forcedReply(forced)
  }
  const isToken = `${request.method} ${url.pathname}` === TOKEN
  try {
    return await (isToken ? serveToken : serveApi)(org, request, url, faults)
  } catch (error) {
    const known = error instanceof ApiFault
    if (!known) process.stderr.write(`simulator: ${String(error)}\n`)
    const fault = known ? error : new ApiFault(500, 'INTERNAL_ERROR', 'Internal Server Error')
    org.stats.refuse(fault.code)
    return { status: fault.status, body: fault.body }
  }
}

async function serve(holder: OrgHolder, request: IncomingMessage, response: ServerResponse) {
  // A client that joins a base and a path may leave two slashes in front.
  const url = new URL((request.url ?? '/').replace(/^\/+/, '/'), 'http://simulator')
  if (url.pathname.startsWith('/__simulator/')) {
    const body = await readBody(request)
    await serveControl(holder, request.method ?? 'GET', url, body, response)
    return
  }
  const { org } = holder
  org.stats.calls += 1
  const faults = org.faults.strike(request.method ?? 'GET', url.pathname)
  const drops = (kind: Fault['kind']) => faults.some((fault) => fault.kind === kind)
  if (drops('drop_before')) {
    request.socket.destroy()
    return
  }
  const reply = await serveVendor(org, request, url, faults)
  org.truth?.flush()
  if (drops('drop_after')) request.socket.destroy()
  else sendReply(response, reply)
}

export function requestListener(holder: OrgHolder) {
  return (request: IncomingMessage, response: ServerResponse) => {
    serve(holder, request, response).catch((error: unknown) => {
      const cause = error instanceof Error ? error : new Error(String(error))
      response.destroy(cause)
    })
  }
}
