import { setTimeout as wait } from 'node:timers/promises'
import type { Dispatcher } from '#domain/runs/dispatcher'
import { reapExpired } from '#domain/runs/reaper'
import type Run from '#domain/runs/run'

const LOOK_EVERY = 200

/**
 * Waits for a run's end. Without a server, the command's own dispatcher works it and takes
 * over what a dead one left; null leaves all to a server that is known to live.
 */
export async function followRun(
  run: Run,
  occasion: { dispatcher: Dispatcher; serverWorks: boolean } | null,
  onLook: (run: Run) => void = () => {}
): Promise<Run> {
  while (!run.isFinal) {
    if (occasion !== null && !occasion.serverWorks) {
      await reapExpired()
      occasion.dispatcher.ring()
    }
    onLook(run)
    await wait(LOOK_EVERY)
    await run.refresh()
  }
  await occasion?.dispatcher.flush()
  return run.refresh()
}
