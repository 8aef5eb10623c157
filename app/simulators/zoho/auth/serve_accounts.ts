import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../control/fault_rule.js'
import type { OrgHolder } from '../control/serve_control.js'
import { ApiFault } from '../server/api_fault.js'
import type { Reply } from '../server/call.js'
import { readBody } from '../server/read_body.js'
import { readForm } from '../server/read_form.js'
import { authorize } from './authorize.js'
import { grantToken } from './grant_token.js'
import { locations } from './locations.js'

interface AccountsCall {
  holder: OrgHolder
  form: URLSearchParams
  faults: readonly Fault[]
}

function revokeToken({ holder, form }: AccountsCall): Reply {
  const isDone = holder.org.accounts.revoke(form.get('token') ?? '')
  return { status: 200, body: isDone ? { status: 'success' } : { error: 'invalid_code' } }
}

/** Every data centre is this one, so that nobody is sent to the real ones. */
function showLocations({ holder }: AccountsCall): Reply {
  const { url } = holder.org
  const servers = Object.fromEntries(locations.map((location) => [location, url]))
  return { status: 200, body: { result: 'success', locations: servers } }
}

const doors: Record<string, (call: AccountsCall) => Reply> = {
  'GET /oauth/v2/auth': ({ holder, form }) => authorize(holder.org, 'GET', form),
  'POST /oauth/v2/auth': ({ holder, form }) => authorize(holder.org, 'POST', form),
  'POST /oauth/v2/token': ({ holder, form, faults }) => {
    const throttle = faults.find((fault) => fault.kind === 'token_throttled')
    return grantToken(holder, form, throttle && (throttle.as ?? 400))
  },
  'POST /oauth/v2/token/revoke': revokeToken,
  'GET /oauth/serverinfo': showLocations,
}

/** Calls to the accounts server, which cost no credits. */
export async function serveAccounts(
  holder: OrgHolder,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  const name = `${request.method} ${url.pathname}`
  const door = doors[name]
  if (!door) throw new ApiFault(404, 'INVALID_URL_PATTERN', 'no such page of the accounts server')
  const body = await readBody(request)
  const form = readForm(url.searchParams, body, request.headers['content-type'] ?? '')
  const latency = faults.find((fault) => fault.kind === 'latency')
  if (latency) await sleep(latency.ms)
  holder.org.stats.count(name, 0)
  return door({ holder, form, faults })
}
