import type { IncomingMessage, ServerResponse } from 'node:http'
import { serveAccounts } from '../auth/serve_accounts.js'
import { serveBooks } from '../books/serve_books.js'
import type { Fault } from '../control/fault_rule.js'
import { serveControl, type OrgHolder } from '../control/serve_control.js'
import { serveDesk } from '../desk/serve_desk.js'
import { ApiFault } from './api_fault.js'
import type { Reply } from './call.js'
import { forcedReply } from './forced_reply.js'
import { readBody } from './read_body.js'
import { sendReply } from './send_reply.js'
import { serveApi } from './serve_api.js'

async function serveVendor(
  holder: OrgHolder,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  const { org } = holder
  const forced = faults.find((fault) => fault.kind === 'status')
  if (forced) {
    org.stats.refuse(`INJECTED_${forced.status}`)
    return forcedReply(forced)
  }
  const isOf = (start: RegExp) => start.test(url.pathname)
  try {
    if (isOf(/^\/oauth\//)) return await serveAccounts(holder, request, url, faults)
    if (isOf(/^\/books\/v[34]\//)) return await serveBooks(holder, request, url, faults)
    if (isOf(/^\/api\/v1\//)) return await serveDesk(holder, request, url, faults)
    return await serveApi(holder, request, url, faults)
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
  const reply = await serveVendor(holder, request, url, faults)
  response.setHeader('Date', new Date(holder.org.clock.now()).toUTCString())
  for (const { truth } of holder.orgs) truth?.flush()
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
