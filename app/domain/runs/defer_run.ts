import db from '@adonisjs/lucid/services/db'
import { fencePlan } from '#domain/runs/fence_plan'
import { RELEASED } from '#domain/runs/lease'
import Run from '#domain/runs/run'
import { askGate } from '#domain/runs/start_gate'
import type { Wait } from '#domain/runs/start_gate'
import type { Lease } from '#workers/messages'

/** A waiting run waits on, until the credits are back. */
export async function deferRun(run: Run, { notBefore, reason }: Wait): Promise<void> {
  await Run.query()
    .where('id', run.id)
    .where('state', 'queued')
    .update({ notBefore, waitReason: reason })
}

/**
 * A run under way stopped for want of credits: it goes back into the queue with its cursor and
 * its open jobs. False when it is cancelled or another's by now.
 */
export async function pauseRun(lease: Lease, now = Date.now()): Promise<boolean> {
  const run = await Run.findOrFail(lease.runId)
  const { wait } = await askGate(run, now, true)
  return db.transaction(async (client) => {
    const changed = await Run.query({ client })
      .where('id', lease.runId)
      .where('leaseToken', lease.token)
      .where('state', 'running')
      .update({
        ...RELEASED,
        state: 'queued',
        attempts: 0,
        notBefore: wait?.notBefore ?? null,
        waitReason: wait === null ? null : `Paused: ${wait.reason}`,
      })
    const isPaused = Number(changed) === 1
    if (isPaused) await fencePlan(lease.runId, client)
    return isPaused
  })
}
