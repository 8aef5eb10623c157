import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { RELEASED } from '#domain/runs/lease'
import Run from '#domain/runs/run'
import type { Lease, WireError } from '#workers/messages'

/** A run that its brake stopped waits for a yes, with its cursor and its open jobs. False when it is cancelled or another's by now. */
export async function holdRun(
  client: TransactionClientContract,
  { runId, token }: Lease,
  error: WireError
): Promise<boolean> {
  const changed = await Run.query({ client })
    .where('id', runId)
    .where('leaseToken', token)
    .where('state', 'running')
    .update({
      ...RELEASED,
      state: 'held',
      attempts: 0,
      brake: error.detail,
      waitReason: error.message,
    })
  return Number(changed) === 1
}
