import type { Value } from '#sdk'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { LiveHttp } from './live_http.js'
import { testContext } from './test_context.js'

/** A simulated org with a context that is signed in to it. */
export async function openOrg(
  cleanup: (close: () => Promise<void>) => void,
  options: Partial<SimulatorOptions> = {}
) {
  const sim = await startZohoSimulator({ bulkDelayMs: 20, ...options })
  cleanup(() => sim.close())
  const { clientId, clientSecret, refreshToken } = sim.options
  const signIn = async () => {
    const form = { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken }
    const body = new URLSearchParams({ grant_type: 'refresh_token', ...form })
    const response = await fetch(`${sim.url}/oauth/v2/token`, { method: 'POST', body })
    const { access_token: token } = (await response.json()) as { access_token: string }
    return token
  }
  const context = (settings: { [name: string]: Value } = {}) => {
    const http = new LiveHttp(signIn)
    const addresses = { apiUrl: sim.url, uploadUrl: sim.url, orgId: sim.zgid }
    return { ctx: testContext(http, { ...addresses, ...settings }), meter: http.meter }
  }
  return { sim, context, ...context() }
}
