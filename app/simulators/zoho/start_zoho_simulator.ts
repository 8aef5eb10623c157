import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { companiesOf } from './auth/org_user.js'
import { restoreJobs } from './bulk/restore_jobs.js'
import { editRecords, type UserEdit } from './control/edit_records.js'
import type { FaultRule } from './control/fault_rule.js'
import { findOrg } from './control/find_org.js'
import { renderLedger, type LedgerLine } from './control/render_ledger.js'
import type { OrgHolder } from './control/serve_control.js'
import { showStats, type SimulatorStats } from './control/show_stats.js'
import { showNotifications, type NotificationReport } from './notifications/show_notifications.js'
import type { RowReply } from './records/row_reply.js'
import { resolveOptions, type SimulatorOptions } from './options.js'
import { requestListener } from './server/request_listener.js'
import { SimulatedOrg } from './simulated_org.js'

export interface ZohoSimulator {
  url: string
  port: number
  options: SimulatorOptions
  zgid: string
  /** The orgs by company, the default one first. */
  orgs: readonly { company: string; zgid: string; people: readonly string[] }[]
  /** Of the default org, or the one of a zgid or company. */
  stats(org?: string): SimulatorStats
  ledger(query?: { since?: number; records?: boolean; org?: string }): LedgerLine[]
  faults(rules: readonly FaultRule[]): void
  /** What a user does in Zoho's own pages, in the default org. */
  edit(edit: UserEdit): RowReply[]
  notifications(): NotificationReport
  advance(seconds: number): void
  reset(options?: Partial<SimulatorOptions>): void
  close(): Promise<void>
}

/** An org for each company that the people name. */
function createOrgs(url: string, options: SimulatorOptions) {
  const first = new SimulatedOrg(url, options)
  const others = companiesOf(options.people)
    .slice(1)
    .map((_company, at) => new SimulatedOrg(url, options, first, at + 1))
  return [first, ...others]
}

class Holder implements OrgHolder {
  constructor(public orgs: readonly SimulatedOrg[]) {}

  get org() {
    return this.orgs[0]
  }

  reset(options: Partial<SimulatorOptions>) {
    const { url, options: before, accounts } = this.org
    const resolved = resolveOptions({ ...before, ...options })
    for (const org of this.orgs) org.truth?.clear()
    this.close()
    this.orgs = createOrgs(url, resolved)
    this.org.accounts.adopt(accounts)
  }

  close() {
    for (const org of this.orgs) org.close()
  }
}

function openOrgs(server: Server, url: string, options: SimulatorOptions) {
  try {
    const orgs = createOrgs(url, options)
    for (const org of orgs) restoreJobs(org)
    return orgs
  } catch (error) {
    server.close()
    throw error
  }
}

export async function startZohoSimulator(
  given: Partial<SimulatorOptions> = {}
): Promise<ZohoSimulator> {
  const options = resolveOptions(given)
  const server = createServer({ keepAliveTimeout: 60_000 })
  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const holder = new Holder(openOrgs(server, url, options))
  server.on('request', requestListener(holder))
  return {
    url,
    port,
    get options() {
      return holder.org.options
    },
    get zgid() {
      return holder.org.zgid
    },
    get orgs() {
      return holder.orgs.map(({ company, zgid, members }) => {
        return { company, zgid, people: members.map(({ user }) => user.email) }
      })
    },
    stats: (org) => showStats(findOrg(holder.orgs, org)),
    ledger: ({ since = 0, records = false, org } = {}) => [
      ...renderLedger(findOrg(holder.orgs, org), since, records),
    ],
    faults: (rules) => holder.org.faults.replace(rules),
    edit: (edit) => editRecords(holder.org, edit).data,
    notifications: () => showNotifications(holder.org),
    advance: (seconds) => holder.org.clock.advance(seconds),
    reset: (changed = {}) => holder.reset(changed),
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      holder.close()
    },
  }
}
