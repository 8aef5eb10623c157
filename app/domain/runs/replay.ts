import { Refusal } from '#domain/refusal'
import DeadLetter from '#domain/runs/dead_letter'
import type Run from '#domain/runs/run'
import { startRun } from '#domain/runs/start_run'
import type Service from '#domain/services/service'

/** Reads the records behind dead letters afresh from the source, and sends them again. */
export async function replayDeadLetters(
  service: Service,
  ids: string[] | 'all',
  userId: string | null
): Promise<Run> {
  const open = DeadLetter.query()
    .where('serviceId', service.id)
    .whereNull('resolvedAt')
    .select('sourceKey')
  const letters = await (ids === 'all' ? open : open.whereIn('id', ids))
  if (letters.length === 0) {
    throw new Refusal(
      `Nothing is left to send again: the failed records of "${service.name}" have arrived since`
    )
  }
  const onlyKeys = letters.map(({ sourceKey }) => sourceKey)
  return startRun(service, { trigger: 'replay', requestedBy: userId, onlyKeys })
}
