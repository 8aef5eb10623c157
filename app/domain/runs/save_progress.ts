import db from '@adonisjs/lucid/services/db'
import type { Held } from '#domain/runs/held'
import type { Progress } from '#engine/sync_input'

/** Writes down what is planned, with what earlier attempts planned. False when the lease is another's by now. */
export async function saveProgress(
  { lease, plannedBefore }: Held,
  { planned, ahead }: Omit<Progress['credits'], 'spent'>,
  more: object = {}
): Promise<boolean> {
  const changed = await db
    .from('runs')
    .where('id', lease.runId)
    .where('lease_token', lease.token)
    .update({
      credits_planned: plannedBefore + planned,
      ...(ahead === undefined ? {} : { credits_ahead: ahead }),
      ...more,
    })
  return Number(changed) === 1
}
