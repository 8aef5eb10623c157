import db from '@adonisjs/lucid/services/db'
import Connection from '#domain/connections/connection'
import { rollingCredits } from '#domain/connections/credits_left'
import { orgOf } from '#domain/connections/org'
import type { Org } from '#domain/connections/org'
import { startsAt } from '#domain/limits/gate_rule'
import { leftAt } from '#domain/limits/rolling_credits'
import type { RollingCredits } from '#domain/limits/rolling_credits'
import { forecastRun } from '#domain/runs/forecast'
import type { Forecast } from '#domain/runs/forecast'
import { ACTIVE_STATES } from '#domain/runs/run'
import type Run from '#domain/runs/run'
import Service from '#domain/services/service'

export interface Wait {
  /** Milliseconds since the epoch. */
  notBefore: number
  reason: string
}

export interface Verdict {
  /** What the run will likely still spend; null when nothing tells. */
  forecast: number | null
  basis: Forecast['basis']
  /** How many records the source counted just now; null where it was not asked. */
  records: number | null
  /** Null when it may begin. */
  wait: Wait | null
}

interface Toll {
  connection: Connection
  org: Org
  credits: RollingCredits
}

/** Nothing tells, and nothing keeps it from beginning. */
export const UNKNOWN: Verdict = { forecast: null, basis: null, records: null, wait: null }

/** Whether the credits of both ends suffice for a run to begin, or to go on after a pause. */
export async function askGate(run: Run, now: number, isPaused = false): Promise<Verdict> {
  const service = await Service.find(run.serviceId)
  if (service === null) return UNKNOWN
  const tolls = await tollsOf(service, now)
  if (tolls.length === 0) return UNKNOWN

  const { credits: forecast, basis, records } = await forecastRun(run, service)
  const waits = await Promise.all(
    tolls.map(async ({ connection, org, credits }) => {
      const promised = await promisedCredits(org, run)
      const { usesReserve } = run
      const gate = { credits, reserve: org.reserve, promised, need: forecast }
      const notBefore = startsAt({ ...gate, isPaused, usesReserve }, now)
      return { notBefore, reason: reasonOf(connection, { ...gate, basis }, leftAt(credits, now)) }
    })
  )
  const [latest] = waits.sort((a, b) => b.notBefore - a.notBefore)
  return { forecast, basis, records, wait: latest.notBefore > now ? latest : null }
}

/** The accounts that a service spends credits of. */
export async function tollsOf(service: Service, now: number): Promise<Toll[]> {
  const tolls = new Map<string, Toll>()
  for (const id of [service.targetConnectionId, service.sourceConnectionId]) {
    const connection = await Connection.find(id)
    if (connection === null) continue
    const org = await orgOf(connection)
    const credits = tolls.has(org.key) ? null : await rollingCredits(org, now)
    if (credits !== null) tolls.set(org.key, { connection, org, credits })
  }
  return [...tolls.values()]
}

/** What other runs under way on the account will still spend, by their forecasts. */
async function promisedCredits(org: Org, run: Run): Promise<number> {
  const rows: Array<{ forecast: unknown }> = await db
    .from('runs')
    .join('services', 'services.id', 'runs.service_id')
    .whereIn('runs.state', [...ACTIVE_STATES])
    .whereNot('runs.id', run.id)
    .whereNotNull('runs.credits_forecast')
    .where((query) => {
      query
        .whereIn('services.target_connection_id', org.connectionIds)
        .orWhereIn('services.source_connection_id', org.connectionIds)
    })
    .select(db.raw('runs.credits_forecast - runs.credits_spent as forecast'))
  return rows.reduce((sum, { forecast }) => sum + Math.max(0, Number(forecast)), 0)
}

const NEEDS = {
  preview: 'this run needs',
  count: 'this run needs at most',
  earlier: 'runs before it took',
  none: 'this run needs about',
}

function reasonOf(
  { name }: Connection,
  {
    credits,
    reserve,
    promised,
    need,
    basis,
  }: Omit<Parameters<typeof startsAt>[0], 'isPaused' | 'usesReserve'> & Pick<Forecast, 'basis'>,
  left: number
): string {
  const number = (value: number) => Math.max(0, value).toLocaleString('en-GB')
  const needs = need === null ? '' : `, ${NEEDS[basis ?? 'none']} ${number(need)}`
  const others = promised > 0 ? `, runs under way about ${number(promised)}` : ''
  return `"${name}" has ${number(left)} of ${number(credits.perDay)} credits left${needs}${others}, and ${number(reserve)} are kept in reserve`
}
