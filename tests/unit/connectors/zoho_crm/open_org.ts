import type { Value } from '#sdk'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { LiveHttp } from './live_http.js'
import { signIn } from './sign_in.js'
import { testContext } from './test_context.js'

/** A simulated org with a context that is signed in to it. */
export async function openOrg(
  cleanup: (close: () => Promise<void>) => void,
  options: Partial<SimulatorOptions> = {}
) {
  const sim = await startZohoSimulator({ bulkDelayMs: 20, ...options })
  cleanup(() => sim.close())
  const context = (settings: { [name: string]: Value } = {}) => {
    const http = new LiveHttp(() => signIn(sim))
    const addresses = { apiUrl: sim.url, uploadUrl: sim.url, orgId: sim.zgid }
    return { ctx: testContext(http, { ...addresses, ...settings }), meter: http.meter }
  }
  return { sim, context, ...context() }
}
