import { createHash } from 'node:crypto'
import type { World } from '#engine/sync_input'

/** Time passes only when everything waits for it. */
export function virtualWorld(random: () => number = () => 0.5): World {
  let time = 1_000
  const sleepers: Array<{ wake: number; resolve: () => void }> = []
  const passTime = (): void => {
    sleepers.sort((a, b) => a.wake - b.wake)
    const next = sleepers.shift()
    if (!next) return
    time = Math.max(time, next.wake)
    next.resolve()
  }
  return {
    now: () => time,
    random,
    hash: (text) => createHash('sha1').update(text).digest('base64'),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        sleepers.push({ wake: time + milliseconds, resolve })
        setImmediate(passTime)
      }),
  }
}
