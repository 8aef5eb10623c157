import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Schedule from '#domain/services/schedule'
import type Service from '#domain/services/service'
import { firstOf, slotFrom } from '#domain/services/slots'
import type { Schedule as ScheduleDefinition } from '#sdk'

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
  const schedule = found ?? new Schedule().useTransaction(client)
  schedule.merge({
    tenantId: service.tenantId,
    serviceId: service.id,
    definition,
    startsAt: DateTime.fromMillis(firstOf(definition, now)),
  })
  const next = slotFrom(definition, schedule.anchor, now)
  schedule.nextDueAt = next === null ? null : DateTime.fromMillis(next.at)
  await schedule.save()
}
