import { ConnectorError, type JobProgress, type JobRoute, type Json } from '#sdk'
import { JobAccount, type Slot } from './account.js'
import { Bundle } from './bundle.js'
import { concludeFault, concludeOverwritten } from './conclude.js'
import { intend } from './intend.js'
import { JobPauses } from './job_pauses.js'
import type { Outbox } from './outbox.js'
import type { OpenJob } from './ledger.js'
import { planWhile } from './plan_while.js'
import { backOff, LostReply } from './retry.js'
import type { Run } from './run.js'
import { applyOutcomes, costOfSending } from './send.js'
import { jobBatch } from './write_batch.js'

const HOUR = 3_600_000
/** From its submission, or from when this attempt took it up. */
const LONGEST_JOB = 24 * HOUR
const LEAST_WAIT = 1_000

/** Submits a job, stores its ticket, and follows it. */
export async function runJob(
  run: Run,
  dispatch: Outbox,
  route: JobRoute,
  slots: Slot[]
): Promise<void> {
  const followed = await dispatch.settler.whileSubmitting(slots, () =>
    submitJob(run, dispatch, route, slots)
  )
  if (followed) await followJob(run, dispatch, followed)
}

/** Answers nothing where there is no job to follow. */
async function submitJob(
  run: Run,
  dispatch: Outbox,
  route: JobRoute,
  slots: Slot[]
): Promise<Followed | null> {
  const { input } = run
  const mayRepeat = run.mayRepeat(route, run.operationOf(slots))
  const started = input.world.now()
  await intend(run, dispatch, slots, mayRepeat)
  if (run.isHalted) return null
  const drafts = slots.map((slot) => slot.draft)
  input.ledger.prepare?.(drafts)
  const ticket = await planWhile(run, costOfSending(route, slots), () =>
    run.patience.until(
      () => route.submit(run.targetContext, jobBatch(run, slots)),
      mayRepeat,
      () => run.isHalted
    )
  )
  const took = input.world.now() - started
  const credits = route.cost(slots.length)
  run.timings.send += took
  const report = { route: route.name, records: slots.length, calls: 1, credits, took }
  if (ticket instanceof LostReply) {
    run.charge(report)
    dispatch.admit(slots.map((slot) => ({ slot, verdict: 'doubt' })))
    return null
  }
  const job = new JobAccount(jobId(run, slots, ticket))
  const open = { id: job.id, route: route.name, ticket, drafts }
  await dispatch.settler.storeJob(job, slots, open, report)
  Bundle.closeAll()
  return { route, job, slots, ticket }
}

interface Followed {
  route: JobRoute
  job: JobAccount
  slots: Slot[]
  ticket: Json
}

/**
 * Asks until the job is over, or older than any job should be. A run that halts leaves the job
 * to its next attempt.
 */
export async function followJob(run: Run, dispatch: Outbox, followed: Followed): Promise<void> {
  const { route, job, slots } = followed
  const { world } = run.input
  const end = world.now() + LONGEST_JOB
  const pauses = new JobPauses(world)
  for (let troubles = 0; !run.isHalted;) {
    pauses.look()
    const progress = await collect(run, followed)
    if (progress.state === 'done' || progress.state === 'failed') await inTurn(run, slots)
    if (run.isHalted) return
    if (progress.state === 'done') {
      job.isCollected = true
      applyOutcomes(
        run,
        dispatch,
        slots,
        progress.outcomes,
        run.mayRepeat(route, run.operationOf(slots))
      )
      Bundle.closeAll()
      dispatch.settler.lighten(job, slots)
      return
    }
    if (progress.state === 'failed' || world.now() >= end) {
      job.isCollected = true
      jobFailed(run, dispatch, followed, progress)
      return
    }
    troubles = progress.state === 'trouble' ? troubles + 1 : 0
    run.stage = 'waiting'
    run.tell()
    const left = end - world.now()
    if (progress.state === 'pending') {
      await run.rest(Math.min(pauses.length(progress), left), pauses.heard)
    } else await run.rest(Math.min(waitAfter(run, progress.error, troubles), left))
  }
}

/** Of jobs that are taken up one may be over before another whose records it was to wait for. */
async function inTurn(run: Run, slots: Slot[]): Promise<void> {
  while (!run.isHalted && slots.some(isEarly)) await run.changed()
}

const isEarly = ({ before, predecessor }: Slot) =>
  before?.isDone === false || predecessor?.isDone === false

/** What asking came to. Trouble says nothing of the job, which may well be under way. */
type Asked = JobProgress | { state: 'trouble' | 'failed'; error: ConnectorError }

async function collect(run: Run, { route, ticket, slots }: Followed): Promise<Asked> {
  try {
    return await route.collect(run.targetContext, ticket, jobBatch(run, slots))
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    if (error.kind === 'fatal') return { state: 'failed', error }
    if (error.kind !== 'transient' && error.kind !== 'rate_limited') throw error
    return { state: 'trouble', error }
  }
}

function waitAfter(run: Run, { retryAfter }: ConnectorError, troubles: number): number {
  return Math.max(LEAST_WAIT, retryAfter ?? backOff(troubles, run.input.world))
}

/**
 * The job as a whole came to nothing: its records get one more chance. Those of a job that may
 * still be under way get none, since that would pay for them twice.
 */
function jobFailed(
  run: Run,
  dispatch: Outbox,
  { route, slots }: Followed,
  progress: Exclude<Asked, { state: 'done' }>
): void {
  const mayRepeat = run.mayRepeat(route, run.operationOf(slots))
  const message = progress.state === 'failed' ? progress.error.message : overdue(progress)
  const fault = { code: 'JOB_FAILED', field: null, value: null, message }
  for (const slot of slots) {
    slot.jobFailures++
    if (!mayRepeat) dispatch.admit([{ slot, verdict: 'doubt' }])
    else if (slot.isOverwritten) concludeOverwritten(slot)
    else if (progress.state === 'failed' && slot.jobFailures < 2) {
      dispatch.admit([{ slot, verdict: 'send' }])
    } else concludeFault(slot, 'failed', fault, true)
  }
  dispatch.release(slots)
}

function overdue(progress: Exclude<Asked, { state: 'done' }>): string {
  const last = progress.state === 'pending' ? 'it was still under way' : progress.error.message
  return `The job was not over after ${LONGEST_JOB / HOUR} hours. At the last look: ${last}`
}

/** Stable for a ticket and its records, and unlike that of any other job of the run. */
function jobId(run: Run, slots: Slot[], ticket: Json): string {
  const first = slots[0].draft.key
  const named = JSON.stringify([ticket, run.input.world.now(), slots.length, first])
  return run.input.world.hash(named).slice(0, 32)
}

export function jobRouteNamed(run: Run, { route: name }: OpenJob): JobRoute {
  const route = run.input.target.routes.find((each) => each.name === name)
  if (route?.kind === 'job') return route
  throw new ConnectorError(
    'config',
    `A job of the route '${name}' is under way, but '${run.target.name}' no longer offers that route`
  )
}
