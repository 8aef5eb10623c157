import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import Connection from '#domain/connections/connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import type Tenant from '#domain/tenants/tenant'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { endsWithTest } from '#tests/support/ends_with_test'

/** A simulated Zoho that connectors may reach, and the sign-in server of whose clients people consent. */
export async function givenZoho(options: Partial<SimulatorOptions> = {}) {
  const simulator = await startZohoSimulator(options)
  const host = new URL(simulator.url).host
  crossdock.egressAllow.push(host)
  return {
    simulator,
    /** How often an address was called. */
    calls: (path: string) =>
      Object.entries(simulator.stats().credits.byEndpoint)
        .filter(([endpoint]) => endpoint.includes(path))
        .reduce((sum, [, { calls }]) => sum + calls, 0),
    close: endsWithTest(async () => {
      crossdock.egressAllow.splice(crossdock.egressAllow.indexOf(host), 1)
      await simulator.close()
    }),
  }
}

export type GivenZoho = Awaited<ReturnType<typeof givenZoho>>

/** A connection with the refresh token that the simulator holds from the start. */
export async function givenZohoConnection(
  tenant: Tenant,
  { simulator }: GivenZoho,
  name = 'zoho'
): Promise<Connection> {
  const environment = connectionEnvironment(simulator.options)
  const file = parseConnectionFile(connectionFile(simulator.url, name), name, environment)
  const { id } = await applyConnection(tenant, file, null)
  return Connection.findOrFail(id)
}

/** What the form of a Zoho connection sends. */
export function zohoForm({ simulator }: GivenZoho, more: object = {}) {
  const { clientId, clientSecret } = simulator.options
  return {
    connector: 'zoho_crm',
    name: 'zoho',
    settings: { accountsUrl: simulator.url, uploadUrl: simulator.url, apiVersion: 'v8' },
    secrets: { clientId, clientSecret },
    signIn: 'consent',
    uses: ['read', 'write', 'bulk'],
    streams: ['Deals'],
    ...more,
  }
}
