import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { isTaken } from '#domain/is_taken'
import { countUnfinished, queueRun } from '#domain/runs/start_run'
import Schedule from '#domain/services/schedule'
import ScheduleSlot from '#domain/services/schedule_slot'
import Service from '#domain/services/service'
import { dueSlots, MOST_AT_ONCE, slotFrom, waitsForLight } from '#domain/services/slots'

/** Starts what is due. A slot is a unique row, so that any number of clocks start it once. */
export async function startDue(now = Date.now()): Promise<number> {
  const schedules = await Schedule.query().where('nextDueAt', '<=', now)
  let started = 0
  for (const schedule of schedules) {
    try {
      started += await startSchedule(schedule, now)
    } catch (error) {
      const { id: scheduleId, serviceId } = schedule
      logger.error({ err: error, scheduleId, serviceId }, 'A schedule could not be started')
    }
  }
  return started
}

async function startSchedule(schedule: Schedule, now: number): Promise<number> {
  const { definition, nextDueAt } = schedule
  if (nextDueAt === null || waitsForLight(definition, { next: nextDueAt.toMillis(), now })) return 0
  const { anchor } = schedule
  const service = await Service.findOrFail(schedule.serviceId)
  let started = 0
  const due = dueSlots(definition, anchor, { next: nextDueAt.toMillis(), now })
  for (const slot of due) {
    if (await startSlot(schedule, service, slot)) started += 1
  }
  const last = due.length < MOST_AT_ONCE ? now : due[due.length - 1]
  const next = slotFrom(definition, anchor, last + 1)
  await Schedule.query()
    .where('id', schedule.id)
    .where('nextDueAt', nextDueAt.toMillis())
    .update({ nextDueAt: next?.at ?? null })
  return started
}

async function startSlot(schedule: Schedule, service: Service, slot: number): Promise<boolean> {
  return db
    .transaction(async (client) => {
      const taken = await ScheduleSlot.query({ client })
        .where('scheduleId', schedule.id)
        .where('slotAt', slot)
        .first()
      if (taken !== null) return false
      const isStarted = service.state === 'enabled' && (await hasRoom(schedule, client))
      const run = isStarted
        ? await queueRun(service, { trigger: 'schedule', requestedBy: null }, client)
        : null
      await ScheduleSlot.create(
        {
          scheduleId: schedule.id,
          slotAt: DateTime.fromMillis(slot),
          state: isStarted ? 'started' : 'skipped',
          runId: run?.id ?? null,
          createdAt: DateTime.utc(),
        },
        { client }
      )
      return isStarted
    })
    .catch((error: unknown) => {
      if (isTaken(error)) return false
      throw error
    })
}

/** Behind a run that waits for a yes one more may wait: nobody wants a hundred of the same question. */
async function hasRoom(
  { serviceId, definition }: Schedule,
  client: TransactionClientContract
): Promise<boolean> {
  const { all, asking } = await countUnfinished(serviceId, client)
  if (all === 0) return true
  return definition.overlap === 'queue' && (all === 1 || asking === 0)
}
