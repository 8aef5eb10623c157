import { hash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { World } from '#engine/sync_input'
import type { CallBell } from './call_bell.js'

export function realWorld(signal: AbortSignal, bell: CallBell | null = null): World {
  return {
    now: Date.now,
    random: Math.random,
    hash: (text) => hash('sha256', text, 'base64url'),
    heard: () => bell?.heard ?? 0,
    async sleep(milliseconds, heard) {
      if (bell === null || heard === undefined) return sleepFor(milliseconds, signal)
      if (bell.heard > heard) return
      const called = new AbortController()
      const leave = bell.once(() => called.abort())
      try {
        await sleepFor(milliseconds, AbortSignal.any([signal, called.signal]))
      } catch (error) {
        if (signal.aborted || !called.signal.aborted) throw error
      } finally {
        leave()
      }
    },
  }
}

async function sleepFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error
  })
}
