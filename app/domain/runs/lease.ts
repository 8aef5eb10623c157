import { hostname } from 'node:os'
import { v7 as uuid } from 'uuid'
import crossdock from '#config/crossdock'
import { isTaken } from '#domain/is_taken'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import type { Lease } from '#workers/messages'

/**
 * How often a run may be taken up again without settling a record in between: where its own
 * thread died, the run is the likely cause; a server that died has many.
 */
export const MOST_TRIES = { thread: 10, server: 50 }

const owner = `${hostname()}:${process.pid}`
const expiry = () => Date.now() + crossdock.leaseSeconds * 1000

/** Takes a waiting run, for exactly one of any number of callers, and for one run per service at a time. */
export async function claimRun(run: Run): Promise<Lease | null> {
  const token = uuid()
  try {
    const changed = await Run.query()
      .where('id', run.id)
      .where('state', 'queued')
      .update({
        state: 'running',
        activeKey: run.serviceId,
        leaseToken: token,
        leaseOwner: owner,
        leaseExpiresAt: expiry(),
        attempts: run.attempts + 1,
        startedAt: run.startedAt?.toMillis() ?? Date.now(),
      })
    return Number(changed) === 1 ? { serviceId: run.serviceId, runId: run.id, token } : null
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

/** False when the lease is another's by now. */
export async function renewLease({ runId, token }: Lease): Promise<boolean> {
  const changed = await Run.query()
    .where('id', runId)
    .where('leaseToken', token)
    .whereIn('state', [...ACTIVE_STATES])
    .update({ leaseExpiresAt: expiry() })
  return Number(changed) === 1
}

/** The runner of this run is gone: another may go on where the ledger stands. */
export async function giveBack(
  runId: string,
  leaseToken: string | null,
  reason: string,
  died: keyof typeof MOST_TRIES
): Promise<void> {
  const run = await Run.find(runId)
  if (run === null || run.leaseToken !== leaseToken) return
  if (!ACTIVE_STATES.some((state) => state === run.state)) return
  const changed = await Run.query()
    .where('id', runId)
    .where('state', run.state)
    .where((query) => {
      if (leaseToken === null) query.whereNull('leaseToken')
      else query.where('leaseToken', leaseToken)
    })
    .update({ ...RELEASED, ...nextState(run, reason, died) })
  // Cancelled between the look and the change: it is looked at once more.
  if (Number(changed) === 0) await giveBack(runId, leaseToken, reason, died)
}

/** What a run gives up with its lease. */
export const RELEASED = {
  leaseToken: null,
  leaseOwner: null,
  leaseExpiresAt: null,
  activeKey: null,
  underWay: 0,
}

function nextState(run: Run, reason: string, died: keyof typeof MOST_TRIES) {
  if (run.state === 'cancelling')
    return { state: 'cancelled', finishedAt: Date.now(), sealedGiven: null }
  if (run.attempts < MOST_TRIES[died]) return { state: 'queued' }
  return {
    state: 'failed',
    finishedAt: Date.now(),
    sealedGiven: null,
    errorKind: 'fatal',
    errorMessage: `The run was taken up ${run.attempts} times and never got further: ${reason}. What was settled is kept; the next run goes on from there`,
  }
}
