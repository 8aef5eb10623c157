import { ConnectorError } from '#sdk'
import { LeaseLost } from '#engine/ledger'
import { sync } from '#engine/sync'
import type { SyncInput, SyncReport } from '#engine/sync_input'
import { Crash } from './memory_ledger.js'

/** Starts a run again after each crash, as a server does, until it ends. */
export async function runUntilDone(
  makeInput: () => SyncInput,
  onRestart: (attempt: number) => void,
  attempts = 200
): Promise<SyncReport> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    onRestart(attempt)
    try {
      return await sync(makeInput())
    } catch (error) {
      const isPassing = error instanceof ConnectorError && error.kind !== 'fatal'
      if (!(error instanceof Crash || error instanceof LeaseLost || isPassing)) throw error
      // What the dead process had under way still reaches the target.
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    }
  }
  throw new Error('The run does not end')
}
