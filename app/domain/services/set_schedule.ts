import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Schedule from '#domain/services/schedule'
import type Service from '#domain/services/service'
import { onceAt, slotFrom } from '#domain/services/slots'
import type { Schedule as ScheduleDefinition } from '#sdk'

const MINUTE = 60_000

/** Makes the service's schedule what its definition says. An unchanged schedule keeps its slots. */
export async function setSchedule(
  service: Service,
  definition: ScheduleDefinition | undefined,
  client: TransactionClientContract
): Promise<void> {
  const found = await Schedule.query({ client }).where('serviceId', service.id).first()
  if (definition === undefined) {
    await found?.delete()
    return
  }
  if (found !== null && JSON.stringify(found.definition) === JSON.stringify(definition)) return

  const now = Date.now()
  const startsAt =
    'once' in definition
      ? onceAt(definition)
      : Math.ceil((now + 1) / MINUTE) * MINUTE + (definition.every - 1) * MINUTE
  const next = slotFrom(definition, startsAt, now)
  const schedule = found ?? new Schedule().useTransaction(client)
  schedule.merge({
    tenantId: service.tenantId,
    serviceId: service.id,
    definition,
    startsAt: DateTime.fromMillis(startsAt),
    nextDueAt: next === null ? null : DateTime.fromMillis(next),
  })
  await schedule.save()
}
