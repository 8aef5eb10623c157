import Run, { ACTIVE_STATES } from '#domain/runs/run'
import { giveBack } from '#domain/runs/lease'

/** Gives back every run whose lease has expired: its worker died, hangs, or lost the database. */
export async function reapExpired(): Promise<number> {
  const expired = await Run.query()
    .whereIn('state', [...ACTIVE_STATES])
    .where('leaseExpiresAt', '<', Date.now())
  for (const run of expired) {
    await giveBack(
      run.id,
      run.leaseToken,
      `its worker ${run.leaseOwner ?? ''} gave no sign of life`,
      'server'
    )
  }
  return expired.length
}
