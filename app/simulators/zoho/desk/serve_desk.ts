import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { findCaller } from '../auth/find_caller.js'
import { missingScope } from '../auth/scopes.js'
import type { Fault } from '../control/fault_rule.js'
import type { OrgHolder } from '../control/serve_control.js'
import { ApiFault } from '../server/api_fault.js'
import type { Caller, Reply } from '../server/call.js'
import { readBody } from '../server/read_body.js'
import type { DeskCall } from './desk_call.js'
import { DeskFault, unprocessable } from './desk_fault.js'
import { deskModules } from './desk_modules.js'
import {
  changeRecord,
  createRecord,
  findRecord,
  listRecords,
  searchRecords,
  trashRecords,
} from './desk_records.js'
import { serveWebhooks } from './desk_webhooks.js'
import { deskOf, type Helpdesk } from './helpdesk.js'

const ORGLESS = ['organizations', 'accessibleOrganizations']
const operations: Record<string, string> = { GET: 'READ', POST: 'CREATE', PATCH: 'UPDATE' }

function authorise(holder: OrgHolder, request: IncomingMessage) {
  try {
    return findCaller(holder, request.headers.authorization)
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error
    throw new DeskFault(401, 'INVALID_OAUTH', 'The OAuth Token you provided is invalid.')
  }
}

/** The organization stands in a header, or in the query. */
function checkOrg({ orgId }: Helpdesk, request: IncomingMessage, query: URLSearchParams) {
  const given = request.headers.orgid ?? query.get('orgId')
  query.delete('orgId')
  if (given === undefined || given === null) throw unprocessable(['orgId'], 'missing')
  if (given !== orgId) throw new DeskFault(403, 'FORBIDDEN', 'The organization is not yours')
}

function checkScope({ scopes }: Caller, needs: readonly string[]) {
  if (missingScope(scopes, needs) === undefined) return
  throw new DeskFault(403, 'SCOPE_MISMATCH', 'The scope of the token does not fit')
}

function listOrganizations({ org, orgId }: Helpdesk): Reply {
  const data = [{ id: orgId, companyName: org.company, isDefault: true }]
  return { status: 200, body: { data } }
}

function listDepartments({ departmentId }: Helpdesk): Reply {
  return { status: 200, body: { data: [{ id: departmentId, name: 'Support', isEnabled: true }] } }
}

function act(call: DeskCall, method: string, id: string | undefined): Reply {
  const isWord = id === undefined || id === 'search' || id === 'moveToTrash'
  const verb = `${method} ${isWord ? (id ?? '') : '{id}'}`
  switch (verb) {
    case 'GET ':
      return listRecords(call)
    case 'POST ':
      return createRecord(call)
    case 'GET search':
      return searchRecords(call)
    case 'POST moveToTrash':
      return trashRecords(call)
    case 'GET {id}':
      return { status: 200, body: findRecord(call, id ?? '') }
    case 'PATCH {id}':
      return changeRecord(call, id ?? '')
    default:
      throw new DeskFault(405, 'METHOD_NOT_ALLOWED', 'The method is not allowed')
  }
}

interface DeskRequest {
  desk: Helpdesk
  caller: Caller
  request: IncomingMessage
  url: URL
}

async function route({ desk, caller, request, url }: DeskRequest): Promise<Reply> {
  const { method = 'GET', headers } = request
  const [name, id] = url.pathname.split('/').slice(3).map(decodeURIComponent)
  if (ORGLESS.includes(name)) return listOrganizations(desk)
  const query = new URLSearchParams(url.searchParams)
  checkOrg(desk, request, query)
  const body = await readBody(request)
  if (name === 'webhooks') {
    const operation = method === 'DELETE' ? 'DELETE' : (operations[method] ?? 'ALL')
    checkScope(caller, [`Desk.settings.${operation}`, `Desk.events.${operation}`])
    return serveWebhooks(desk, method, id, body)
  }
  if (name === 'departments') return listDepartments(desk)
  const module = deskModules.find(({ path }) => path === name)
  if (!module) throw new DeskFault(404, 'URL_NOT_FOUND', 'The URL you sent is not found')
  const isRemoval = id === 'moveToTrash'
  const operation = isRemoval ? 'DELETE' : (operations[method] ?? 'ALL')
  checkScope(caller, [`Desk.${module.scope}.${operation}`])
  if (id === 'search') checkScope(caller, ['Desk.search.READ'])
  return act({ desk, module, query, headers, body }, method, id)
}

async function serve(
  holder: OrgHolder,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  const { org, caller } = authorise(holder, request)
  const desk = deskOf(org)
  const tooMany = new DeskFault(429, 'THRESHOLD_EXCEEDED', 'The limit of calls is exceeded')
  if (!desk.gate.enter()) throw tooMany
  try {
    if (!desk.credits.spend(1, org.clock.now())) throw tooMany
    org.stats.count(`${request.method} /api/v1/${url.pathname.split('/')[3]}`, 0)
    const latency = faults.find((fault) => fault.kind === 'latency')
    if (latency) await sleep(latency.ms)
    const reply = await route({ desk, caller, request, url })
    const left = String(desk.credits.remaining(org.clock.now()))
    const said = { 'X-Rate-Limit-Remaining-v3': left, 'X-Rate-Limit-Request-Weight-v3': '1' }
    return { ...reply, headers: { ...reply.headers, ...said } }
  } finally {
    desk.gate.leave()
  }
}

/** Calls to Zoho Desk, version 1. */
export async function serveDesk(
  holder: OrgHolder,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  try {
    return await serve(holder, request, url, faults)
  } catch (error) {
    if (!(error instanceof DeskFault)) throw error
    holder.org.stats.refuse(`DESK_${error.errorCode}`)
    const { status, body } = error
    return status === 429 ? { status, body, headers: { 'Retry-After': '60' } } : { status, body }
  }
}
