import { setTimeout as wait } from 'node:timers/promises'
import { Dispatcher } from '#domain/runs/dispatcher'
import { reapExpired } from '#domain/runs/reaper'
import type Run from '#domain/runs/run'

/** Real runner threads and a real dispatcher, for the length of `work`. */
export async function withTestRunners<Result>(
  work: (dispatcher: Dispatcher) => Promise<Result>
): Promise<Result> {
  const dispatcher = new Dispatcher()
  dispatcher.open()
  await dispatcher.startThreads()
  try {
    return await work(dispatcher)
  } finally {
    await dispatcher.close()
  }
}

/** Rings and reaps, as the clock would, until the run is over. */
export async function untilOver(run: Run, dispatcher: Dispatcher): Promise<Run> {
  while (!run.isFinal) {
    await reapExpired()
    dispatcher.ring()
    await wait(25)
    await run.refresh()
  }
  await dispatcher.flush()
  return run.refresh()
}
