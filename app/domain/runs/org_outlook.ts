import type Connection from '#domain/connections/connection'
import { rollingCredits } from '#domain/connections/credits_left'
import { orgKey, orgOf } from '#domain/connections/org'
import type { Org } from '#domain/connections/org'
import { forecastDay } from '#domain/limits/day_forecast'
import type { DayForecast } from '#domain/limits/day_forecast'
import OrgLimit from '#domain/limits/org_limit'
import { allowedAt } from '#domain/limits/pace'
import { DAY, leftAt } from '#domain/limits/rolling_credits'
import { plannedSpending } from '#domain/runs/planned_spending'
import Run from '#domain/runs/run'
import Service from '#domain/services/service'

/** How an account at a vendor stands, and how the next day will go. */
export interface OrgOutlook {
  org: Org
  /** The connections that lead to it, of those that were asked about. */
  connections: Connection[]
  perDay: number
  left: number
  /** Spent through us in the last 24 hours. */
  spent: number
  /** When the vendor last said what is left. */
  toldAt: number | null
  day: DayForecast
  /** Services that are due and of whose price nothing is known. */
  unknown: number
  /** Runs that wait for credits. */
  waiting: Run[]
  /** Calls at once: what is tried now, and what the limit is. */
  calls: { allowed: number; limit: number }
}

/** The accounts behind these connections whose credits are counted. */
export async function orgOutlooks(connections: Connection[], now: number): Promise<OrgOutlook[]> {
  const groups = Map.groupBy(connections, orgKey)
  const outlooks = await Promise.all([...groups.values()].map((group) => outlookOf(group, now)))
  return outlooks.filter((outlook) => outlook !== null)
}

async function outlookOf(connections: Connection[], now: number): Promise<OrgOutlook | null> {
  const org = await orgOf(connections[0])
  const credits = await rollingCredits(org, now)
  if (credits === null) return null
  const planned = await plannedSpending(org.connectionIds, now)
  const { pace } = await OrgLimit.of(org.key)
  const limit = org.limits?.concurrency ?? Infinity
  return {
    org,
    connections,
    perDay: credits.perDay,
    left: leftAt(credits, now),
    spent: credits.spent
      .filter(({ at }) => at > now - DAY)
      .reduce((sum, entry) => sum + entry.credits, 0),
    toldAt: credits.told?.at ?? null,
    day: forecastDay(credits, org.reserve, planned.spends, now),
    unknown: planned.unknown,
    waiting: await waitingFor(connections),
    calls: { allowed: allowedAt(pace, limit, now), limit },
  }
}

function waitingFor(connections: Connection[]): Promise<Run[]> {
  const ids = connections.map(({ id }) => id)
  return Run.query()
    .where('state', 'queued')
    .whereNotNull('notBefore')
    .whereIn(
      'serviceId',
      Service.query()
        .select('id')
        .whereIn('targetConnectionId', ids)
        .orWhereIn('sourceConnectionId', ids)
    )
    .preload('service')
    .orderBy('notBefore')
    .exec()
}
