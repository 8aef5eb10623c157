import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { restoreJobs } from './bulk/restore_jobs.js'
import type { FaultRule } from './control/fault_rule.js'
import { renderLedger, type LedgerLine } from './control/render_ledger.js'
import type { OrgHolder } from './control/serve_control.js'
import { showStats, type SimulatorStats } from './control/show_stats.js'
import { resolveOptions, type SimulatorOptions } from './options.js'
import { requestListener } from './server/request_listener.js'
import { SimulatedOrg } from './simulated_org.js'

export interface ZohoSimulator {
  url: string
  port: number
  options: SimulatorOptions
  zgid: string
  stats(): SimulatorStats
  ledger(query?: { since?: number; records?: boolean }): LedgerLine[]
  faults(rules: readonly FaultRule[]): void
  advance(seconds: number): void
  reset(options?: Partial<SimulatorOptions>): void
  close(): Promise<void>
}

class Holder implements OrgHolder {
  constructor(public org: SimulatedOrg) {}

  reset(options: Partial<SimulatorOptions>) {
    const { url, options: before, truth } = this.org
    const resolved = resolveOptions({ ...before, ...options })
    truth?.clear()
    this.org.close()
    const { tokens } = this.org
    this.org = new SimulatedOrg(url, resolved)
    this.org.tokens.adopt(tokens)
  }
}

function openOrg(server: Server, url: string, options: SimulatorOptions) {
  try {
    const org = new SimulatedOrg(url, options)
    restoreJobs(org)
    return org
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
  const holder = new Holder(openOrg(server, url, options))
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
    stats: () => showStats(holder.org),
    ledger: ({ since = 0, records = false } = {}) => [...renderLedger(holder.org, since, records)],
    faults: (rules) => holder.org.faults.replace(rules),
    advance: (seconds) => holder.org.clock.advance(seconds),
    reset: (changed = {}) => holder.reset(changed),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      holder.org.close()
    },
  }
}
