import Run, { FINAL_STATES } from '#domain/runs/run'
import Schedule from '#domain/services/schedule'

/**
 * After the tests of a group: their schedules and runs would keep the servers and threads of later
 * groups busy, with shops and orgs that are gone.
 */
export async function leaveNothingDue(): Promise<void> {
  await Schedule.query().whereNotNull('nextDueAt').update({ nextDueAt: null })
  await Run.query()
    .whereNotIn('state', [...FINAL_STATES])
    .update({
      state: 'cancelled',
      finishedAt: Date.now(),
      activeKey: null,
      leaseToken: null,
      leaseExpiresAt: null,
      sealedGiven: null,
    })
}
