import type { CallRoute, RecordOutcome, Route } from '#sdk'
import { JobAccount, type Slot } from './account.js'
import { intend } from './intend.js'
import type { Outbox } from './outbox.js'
import { emptyDraft } from './packed_draft.js'
import { concludeFault, concludeOverwritten, concludeSent, faultOfOutcome } from './conclude.js'
import { planWhile } from './plan_while.js'
import { backOff, LostReply } from './retry.js'
import type { Run } from './run.js'
import { writeBatch } from './write_batch.js'

/** Tries after the first, for records that failed through no fault of their own. */
export const MORE_TRIES = 4

/** Sends one batch by a call and records what became of each record. */
export async function sendCall(
  run: Run,
  dispatch: Outbox,
  route: CallRoute,
  slots: Slot[]
): Promise<void> {
  const { input } = run
  const mayRepeat = run.mayRepeat(route, run.operationOf(slots))
  const batch = writeBatch(run, slots)
  const started = input.world.now()
  let calls = 0
  let credits = 0
  const price = route.cost(slots.length)
  await intend(run, dispatch, slots, mayRepeat)
  if (run.isHalted) return
  try {
    const answer = await planWhile(run, costOfSending(route, slots), () =>
      run.patience.until(
        () => {
          calls++
          return route.send(run.targetContext, batch)
        },
        mayRepeat,
        () => run.isHalted
      )
    )
    credits = price
    if (answer instanceof LostReply)
      dispatch.admit(slots.map((slot) => ({ slot, verdict: 'doubt' })))
    else applyOutcomes(run, dispatch, slots, answer, mayRepeat)
  } finally {
    const took = input.world.now() - started
    run.timings.send += took
    run.charge({ route: route.name, records: slots.length, calls, credits, took })
  }
}

const isFirstTry = (slot: Slot) => slot.tries === 0 && slot.jobFailures === 0

/** Records count to the plan when they are sent for the first time. */
export function costOfSending(route: Route, slots: Slot[]): number {
  const first = slots.filter(isFirstTry).length
  return first === 0 ? 0 : route.cost(first)
}

/**
 * The first outcome of each record counts. A record that the answer leaves out has failed; where
 * sending again could double it, it is looked up first.
 */
export function applyOutcomes(
  run: Run,
  dispatch: Outbox,
  slots: Slot[],
  outcomes: RecordOutcome[],
  mayRepeat: boolean
): void {
  const answers = new Array<RecordOutcome | undefined>(slots.length)
  for (const outcome of outcomes) {
    if (outcome.index in slots) answers[outcome.index] ??= outcome
  }
  const failed: Slot[] = []
  const doubts: Slot[] = []
  const isFlagging = run.input.definition.source.flag !== undefined
  let index = 0
  for (const slot of slots) {
    const outcome = answers[index++]
    if (!outcome) {
      if (mayRepeat) fail(slot, NO_ANSWER, failed)
      else doubts.push(slot)
    } else if ('id' in outcome) {
      concludeSent(slot, outcome.state, outcome.id, run.whenDone)
      emptyDraft(slot.draft, isFlagging)
    } else if (outcome.state === 'failed' && (mayRepeat || isFree(slot))) {
      fail(slot, faultOfOutcome(slot, outcome), failed)
    } else if (outcome.state === 'failed') {
      concludeFault(slot, 'failed', faultOfOutcome(slot, outcome), true)
    } else concludeFault(slot, 'rejected', faultOfOutcome(slot, outcome), true)
  }
  dispatch.release(slots)
  if (doubts.length > 0) dispatch.admit(doubts.map((slot) => ({ slot, verdict: 'doubt' })))
  if (failed.length > 0) tryAgain(run, dispatch, failed)
}

const NO_ANSWER = {
  code: 'NO_ANSWER',
  field: null,
  value: null,
  message: 'The target answered without saying what became of this record',
}

/**
 * A restart asks a job for its outcomes again, and cannot know what was sent after it. So what
 * must not be repeated blindly is not sent again while its job is open.
 */
export function isFree(slot: Slot): boolean {
  return !(slot.account instanceof JobAccount)
}

function fail(slot: Slot, fault: ReturnType<typeof faultOfOutcome>, again: Slot[]): void {
  if (slot.isOverwritten) {
    concludeOverwritten(slot)
    return
  }
  if (slot.tries >= MORE_TRIES) {
    concludeFault(slot, 'failed', fault, true)
    return
  }
  slot.tries++
  again.push(slot)
}

function tryAgain(run: Run, dispatch: Outbox, slots: Slot[]): void {
  run.spawn(async () => {
    const tries = Math.max(...slots.map((slot) => slot.tries))
    await run.rest(backOff(tries, run.input.world))
    dispatch.admit(slots.map((slot) => ({ slot, verdict: 'send' })))
  })
}
