import { cancelRun } from '#domain/runs/cancel_run'
import Run from '#domain/runs/run'
import { changeState } from '#domain/services/change_state'
import type Service from '#domain/services/service'

/** Puts a service away. What waits of it is cancelled, since nothing will start it any more. */
export async function archive(service: Service, userId: string | null): Promise<void> {
  await changeState(service, 'archived', { userId })
  const waiting = await Run.query()
    .where('serviceId', service.id)
    .whereIn('state', ['queued', 'held'])
  for (const run of waiting) await cancelRun(run, userId)
}
