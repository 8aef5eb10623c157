import { setTimeout as wait } from 'node:timers/promises'
import type { Dispatcher } from '#domain/runs/dispatcher'
import { reapExpired } from '#domain/runs/reaper'
import type Run from '#domain/runs/run'

const LOOK_EVERY = 200

/** Waits for a run's end. Without a server, this process works it and takes over what a dead one left. */
export async function followRun(
  run: Run,
  { dispatcher, serverWorks }: { dispatcher: Dispatcher; serverWorks: boolean },
  onLook: (run: Run) => void = () => {}
): Promise<Run> {
  while (!run.isFinal) {
    if (!serverWorks) {
      await reapExpired()
      dispatcher.ring()
    }
    onLook(run)
    await wait(LOOK_EVERY)
    await run.refresh()
  }
  await dispatcher.flush()
  return run.refresh()
}
