import { setTimeout as wait } from 'node:timers/promises'
import type { Occasion } from '#commands/with_runners'
import { Refusal } from '#domain/refusal'
import { reapExpired } from '#domain/runs/reaper'
import type Run from '#domain/runs/run'
import ServerProcess from '#domain/runs/server_process'

const LOOK_EVERY = 200
const ASK_EVERY = 2_000
/** A server that only overslept, with its machine, is back when it is asked for again. */
const MISSED_IS_DEAD = 2

/**
 * Waits for a run's end. Without a server, or once the last one died, the command's own
 * dispatcher works it and takes over what a dead one left; null leaves all to a server, and
 * gives up without one.
 */
export async function followRun(
  run: Run,
  occasion: Occasion | null,
  onLook: (run: Run) => void = () => {}
): Promise<Run> {
  let askedAt = Date.now()
  let missed = 0
  while (!run.isFinal) {
    if (occasion !== null && !occasion.serverWorks) {
      await occasion.dispatcher.startThreads()
      await reapExpired()
      await occasion.dispatcher.heedNews()
      occasion.dispatcher.ring()
    }
    onLook(run)
    await wait(LOOK_EVERY)
    if (Date.now() - askedAt >= ASK_EVERY) {
      const isAlive = await ServerProcess.isAnyAlive()
      missed = isAlive ? 0 : missed + 1
      if (occasion !== null) occasion.serverWorks = isAlive
      askedAt = Date.now()
    }
    await run.refresh()
    if (occasion === null && missed >= MISSED_IS_DEAD && !run.isFinal) throw unworked(run)
  }
  await occasion?.dispatcher.flush()
  return run.refresh()
}

function unworked(run: Run): Refusal {
  return new Refusal(
    `The server that worked run ${run.id} has ended. The run goes on where it stopped when one is started again`
  )
}
