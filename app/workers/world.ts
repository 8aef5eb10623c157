import { hash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { World } from '#engine/sync_input'

export function realWorld(signal: AbortSignal): World {
  return {
    now: Date.now,
    random: Math.random,
    hash: (text) => hash('sha256', text, 'base64url'),
    async sleep(milliseconds) {
      await wait(milliseconds, undefined, { signal }).catch((error: unknown) => {
        throw signal.aborted ? signal.reason : error
      })
    },
  }
}
