import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Group } from '@japa/runner/core'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator, type ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { rowsOf, SdkClient, type Session } from '#tests/support/zoho_sdk/sdk_client'

/** Where `npm test` installs the SDK. */
export const sdkFolder = resolve('tmp/zoho_sdk')
const isThere = existsSync(join(sdkFolder, 'node_modules', '@zohocrm', 'typescript-sdk-8.0'))
const absent =
  process.env.CROSSDOCK_ZOHO_SDK_ABSENT ??
  (isThere ? undefined : "Zoho's own SDK is not installed: `npm test` does that")

export class SdkStage {
  constructor(
    readonly sim: ZohoSimulator,
    readonly sdk: SdkClient,
    readonly session: Session
  ) {}

  /** The ids of new records, in order. */
  readonly create = async (module: string, data: object[]) => {
    const answer = await this.sdk.ask('createRecords', { module, data, trigger: [] })
    return rowsOf(answer).map(({ details }) => String(details.id))
  }

  /** What the simulator holds of a module. */
  readonly truth = (module: string) => this.sim.stats().modules[module]

  /** How often the simulator was called so. */
  readonly calls = (endpoint: string) => this.sim.stats().credits.byEndpoint[endpoint]?.calls ?? 0
}

/** A simulator and Zoho's SDK, signed in to it, for the tests of a group; skips them without it. */
export function stageSdk(group: Group, options: Partial<SimulatorOptions> = {}) {
  let stage: SdkStage
  group.tap((each) => each.skip(absent !== undefined, absent ?? ''))
  group.setup(async () => {
    if (absent !== undefined) return
    const sim = await startZohoSimulator(options)
    const sdk = new SdkClient(sdkFolder)
    stage = new SdkStage(sim, sdk, await sdk.signIn(sim))
  })
  group.each.setup(() => stage.sim.reset())
  group.teardown(async () => {
    if (absent !== undefined) return
    await stage.sdk.close()
    await stage.sim.close()
  })
  return () => stage
}
