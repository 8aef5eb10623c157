import { ConnectorError, type JobRoute, type Json } from '#sdk'
import { JobAccount, type Slot } from './account.js'
import { concludeFault } from './conclude.js'
import type { Outbox } from './outbox.js'
import type { OpenJob } from './ledger.js'
import { LostReply } from './retry.js'
import { linkRows, type Run } from './run.js'
import { applyOutcomes } from './send.js'

/** Submits a job, stores its ticket, and follows it. */
export async function runJob(
  run: Run,
  dispatch: Outbox,
  route: JobRoute,
  slots: Slot[]
): Promise<void> {
  const { input } = run
  const mayRepeat = run.mayRepeat(route)
  const batch = run.writeBatch(slots)
  const started = input.world.now()
  if (!mayRepeat) await input.ledger.intend(linkRows(slots, 'sending'))
  if (run.isHalted) return
  const ticket = await run.patience.until(
    () => route.submit(run.targetContext, batch),
    mayRepeat,
    () => run.isHalted
  )
  const took = input.world.now() - started
  const credits = route.cost(slots.length)
  run.timings.send += took
  run.charge({ route: route.name, records: slots.length, calls: 1, credits, took })
  if (ticket instanceof LostReply) {
    dispatch.admit(slots.map((slot) => ({ slot, verdict: 'doubt' })))
    return
  }
  const job = new JobAccount(jobId(run, slots, ticket))
  const drafts = slots.map((slot) => slot.draft)
  await dispatch.settler.storeJob(job, slots, { id: job.id, route: route.name, ticket, drafts })
  await followJob(run, dispatch, { route, job, slots, ticket })
}

interface Followed {
  route: JobRoute
  job: JobAccount
  slots: Slot[]
  ticket: Json
}

/** Asks until the job is over. A run that halts leaves the job to its next attempt. */
export async function followJob(
  run: Run,
  dispatch: Outbox,
  { route, job, slots, ticket }: Followed
): Promise<void> {
  const batch = run.writeBatch(slots)
  while (!run.isHalted) {
    const progress = await collect(run, route, ticket, batch)
    if (run.isHalted) return
    if (progress instanceof ConnectorError) {
      job.isCollected = true
      jobFailed(run, dispatch, { route, job, slots, ticket }, progress)
      return
    }
    if (progress.state === 'done') {
      job.isCollected = true
      applyOutcomes(run, dispatch, slots, progress.outcomes, run.mayRepeat(route))
      return
    }
    run.stage = 'waiting'
    run.tell()
    await run.rest(progress.pollAfter)
  }
}

async function collect(
  run: Run,
  route: JobRoute,
  ticket: Json,
  batch: ReturnType<Run['writeBatch']>
) {
  try {
    const progress = await run.patience.until(
      () => route.collect(run.targetContext, ticket, batch),
      true,
      () => run.isHalted
    )
    return progress instanceof LostReply ? progress.reason : progress
  } catch (error) {
    const isJobs =
      error instanceof ConnectorError && (error.kind === 'fatal' || error.kind === 'transient')
    if (isJobs) return error
    throw error
  }
}

/** The job as a whole came to nothing: its records get one more chance. */
function jobFailed(
  run: Run,
  dispatch: Outbox,
  { route, slots }: Followed,
  error: ConnectorError
): void {
  const mayRepeat = run.mayRepeat(route)
  const fault = { code: 'JOB_FAILED', field: null, value: null, message: error.message }
  for (const slot of slots) {
    slot.jobFailures++
    if (!mayRepeat) dispatch.admit([{ slot, verdict: 'doubt' }])
    else if (slot.jobFailures < 2) dispatch.admit([{ slot, verdict: 'send' }])
    else concludeFault(slot, 'failed', fault, true)
  }
  dispatch.release(slots)
}

/** Stable for a ticket and its records, and unlike that of any other job of the run. */
function jobId(run: Run, slots: Slot[], ticket: Json): string {
  const keys = slots.map((slot) => slot.draft.key)
  const named = JSON.stringify([ticket, run.input.world.now(), keys.length, keys[0]])
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
