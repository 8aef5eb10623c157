import { DAY } from '#domain/limits/rolling_credits'
import type { Spent } from '#domain/limits/rolling_credits'
import { typicalCredits } from '#domain/runs/forecast'
import Run from '#domain/runs/run'
import { lastPreview } from '#domain/runs/last_preview'
import Schedule from '#domain/services/schedule'
import Service from '#domain/services/service'
import { slotFrom } from '#domain/services/slots'

export interface PlannedSpending {
  spends: Spent[]
  /** Services that are due and of whose price nothing is known. */
  unknown: number
}

/** What the schedules and the waiting runs of these connections will spend within a day. */
export async function plannedSpending(
  connectionIds: string[],
  now: number
): Promise<PlannedSpending> {
  const services = await Service.query()
    .where('state', 'enabled')
    .where((query) => {
      query
        .whereIn('targetConnectionId', connectionIds)
        .orWhereIn('sourceConnectionId', connectionIds)
    })
  const planned: PlannedSpending = { spends: [], unknown: 0 }
  for (const service of services) {
    const moments = [...(await slotsOf(service, now)), ...(await waitingOf(service, now))]
    if (moments.length === 0) continue
    const credits = await usualCredits(service)
    if (credits === null) planned.unknown += 1
    else planned.spends.push(...moments.map((at) => ({ at, credits })))
  }
  return planned
}

async function usualCredits(service: Service): Promise<number | null> {
  const preview = await lastPreview(service.id, service.revision)
  return (await typicalCredits(service)) ?? preview?.credits ?? null
}

async function slotsOf(service: Service, now: number): Promise<number[]> {
  const schedule = await Schedule.query().where('serviceId', service.id).first()
  if (schedule === null || schedule.nextDueAt === null) return []
  const { definition, anchor } = schedule
  const slots: number[] = []
  let from = Math.max(now, schedule.nextDueAt.toMillis())
  for (;;) {
    const slot = slotFrom(definition, anchor, from)
    if (slot === null || slot.at >= now + DAY) return slots
    slots.push(slot.at)
    from = slot.at + 1
  }
}

async function waitingOf(service: Service, now: number): Promise<number[]> {
  const waiting = await Run.query().where('serviceId', service.id).where('state', 'queued')
  return waiting.map(({ notBefore }) => Math.max(now, notBefore?.toMillis() ?? now))
}
