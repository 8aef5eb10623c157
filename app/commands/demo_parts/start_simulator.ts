import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'

const USUAL_PORT = 8790

/** The demo's org survives the demo, so that a second one finds what the first one wrote. */
export async function startSimulator(dataRoot: string): Promise<ZohoSimulator> {
  const folder = join(dataRoot, 'demo')
  await mkdir(folder, { recursive: true })
  const options = { persistFile: join(folder, 'zoho.ndjson') }
  try {
    return await startZohoSimulator({ ...options, port: USUAL_PORT })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    return startZohoSimulator({ ...options, port: 0 })
  }
}
