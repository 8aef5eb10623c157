import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { mintSelfCode, type SelfCodeOrder } from '../auth/mint_self_code.js'
import { showGrants } from '../auth/show_grants.js'
import type { SimulatorOptions } from '../options.js'
import { sendReply } from '../server/send_reply.js'
import type { SimulatedOrg } from '../simulated_org.js'
import { showNotifications } from '../notifications/show_notifications.js'
import { editRecords, type UserEdit } from './edit_records.js'
import type { FaultRule } from './fault_rule.js'
import { findOrg } from './find_org.js'
import { renderLedger } from './render_ledger.js'
import { showStats } from './show_stats.js'

export interface OrgHolder {
  /** The default org. */
  readonly org: SimulatedOrg
  /** All of them, the default one first. */
  readonly orgs: readonly SimulatedOrg[]
  reset(options: Partial<SimulatorOptions>): void
}

interface ControlCall {
  holder: OrgHolder
  url: URL
  body: Buffer
}

function readJson<T>(body: Buffer, fallback: T): T {
  return body.length === 0 ? fallback : JSON.parse(body.toString('utf8'))
}

function showConfig({ org, orgs }: OrgHolder) {
  const { clientSecret, refreshToken, authorizationCode, ...shown } = org.options
  const moreClients = shown.moreClients.map(({ clientId }) => clientId)
  const listed = orgs.map(({ company, zgid }) => ({ company, zgid }))
  const { url, zgid, faults } = org
  return { ...shown, moreClients, url, zgid, orgs: listed, faults: faults.rules }
}

const orgOf = ({ holder, url }: ControlCall) => findOrg(holder.orgs, url.searchParams.get('org'))

const controls: Record<string, (call: ControlCall) => unknown> = {
  'GET /__simulator/stats': (call) => showStats(orgOf(call)),
  'GET /__simulator/config': ({ holder }) => showConfig(holder),
  'GET /__simulator/grants': ({ holder }) => showGrants(holder.org),
  'POST /__simulator/self_client': ({ holder, body }) =>
    mintSelfCode(holder.org, readJson<SelfCodeOrder>(body, {})),
  'POST /__simulator/reset': ({ holder, body }) => {
    holder.reset(readJson<Partial<SimulatorOptions>>(body, {}))
    return showConfig(holder)
  },
  'POST /__simulator/faults': ({ holder, body }) => {
    holder.org.faults.replace(readJson<FaultRule[]>(body, []))
    return { faults: holder.org.faults.rules }
  },
  'GET /__simulator/notifications': (call) => showNotifications(orgOf(call)),
  'POST /__simulator/edit': (call) => editRecords(orgOf(call), readJson<UserEdit>(call.body, {})),
  'POST /__simulator/clock': ({ holder, body }) => {
    const { advanceSeconds } = readJson(body, { advanceSeconds: 0 })
    if (!Number.isFinite(advanceSeconds)) throw new Error('advanceSeconds must be a number')
    holder.org.clock.advance(advanceSeconds)
    return { now: new Date(holder.org.clock.now()).toISOString() }
  },
}

function* ledgerText(org: SimulatedOrg, query: URLSearchParams) {
  let lines = ''
  const since = Number(query.get('since') ?? 0)
  for (const line of renderLedger(org, since, query.get('records') === '1')) {
    lines += `${JSON.stringify(line)}\n`
    if (lines.length < 65_536) continue
    yield lines
    lines = ''
  }
  yield lines
}

export async function serveControl(
  holder: OrgHolder,
  method: string,
  url: URL,
  body: Buffer,
  response: ServerResponse
) {
  const name = `${method} ${url.pathname}`
  const call = { holder, url, body }
  const control = controls[name]
  try {
    if (name === 'GET /__simulator/ledger') {
      const text = Readable.from(ledgerText(orgOf(call), url.searchParams))
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
      await pipeline(text, response)
    } else if (control) {
      sendReply(response, { status: 200, body: control(call) })
    } else {
      sendReply(response, { status: 404, body: { error: `No control ${name}` } })
    }
  } catch (error) {
    if (response.headersSent) throw error
    const message = error instanceof Error ? error.message : String(error)
    sendReply(response, { status: 400, body: { error: message } })
  }
}
