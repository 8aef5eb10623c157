import { setTimeout as wait } from 'node:timers/promises'
import crossdock from '#config/crossdock'
import { Dispatcher } from '#domain/runs/dispatcher'
import { reapExpired } from '#domain/runs/reaper'
import type Run from '#domain/runs/run'
import { LentRunners } from '#tests/support/lent_runners'
import { onlyInThisTest } from '#tests/support/only_in_this_test'

/** Real runner threads and a real dispatcher, for the length of `work`. */
export async function withTestRunners<Result>(
  work: (dispatcher: Dispatcher) => Promise<Result>
): Promise<Result> {
  const dispatcher = new Dispatcher(undefined, crossdock.runners, LentRunners.lend)
  dispatcher.open()
  await dispatcher.startThreads()
  // Threads that are ready already do not say so again.
  dispatcher.ring()
  try {
    return await work(dispatcher)
  } finally {
    await dispatcher.close()
  }
}

/** Rings and reaps, as the clock would, until the run is over. */
export async function untilOver(run: Run, dispatcher: Dispatcher): Promise<Run> {
  const stillHere = onlyInThisTest()
  while (!run.isFinal) {
    stillHere()
    await reapExpired()
    dispatcher.ring()
    await wait(25)
    await run.refresh()
  }
  await dispatcher.flush()
  return run.refresh()
}
