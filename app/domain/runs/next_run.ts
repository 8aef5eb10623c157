import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { deferRun } from '#domain/runs/defer_run'
import { fencePlan } from '#domain/runs/fence_plan'
import { claimRun } from '#domain/runs/lease'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import { askGate, UNKNOWN } from '#domain/runs/start_gate'
import type { Verdict } from '#domain/runs/start_gate'
import { tellRun } from '#domain/runs/tell_run'
import type { Lease } from '#workers/messages'

const LOOK_AT = 20

type Narrowed = Pick<ReturnType<typeof db.from>, 'whereNotNull' | 'whereNotIn' | 'whereNot'>

interface Turn {
  tenantId: string
  /** Runs under way. */
  load: number
  /** When the oldest of its waiting runs was queued. */
  since: number
}

export interface Claimed {
  run: Run
  lease: Lease
  /** How many records its source counted just now; null where it was not asked. */
  counted: number | null
}

/** Claims the run that is due next: of the tenant with the fewest runs under way, the one that waits longest. */
export async function claimNext(wanted: (run: Run) => boolean): Promise<Claimed | null> {
  const busy = await busyServices()
  const isFree = freeOf(busy, await askingServices())
  for (const { tenantId } of await tenantsInTurn(isFree)) {
    const waiting = await Run.query()
      .where('tenantId', tenantId)
      .where('state', 'queued')
      .where(mayGo)
      .where(isFree)
      .where((query) => query.whereNull('notBefore').orWhere('notBefore', '<=', Date.now()))
      .orderBy('queuedAt')
      .limit(LOOK_AT)
    for (const run of waiting.filter(wanted)) {
      const { wait, forecast, basis, records } = await verdictOn(run)
      if (wait !== null) {
        await deferRun(run, wait)
        await tellRun(run.id, null)
        continue
      }
      const lease = await claimRun(run)
      if (lease === null) continue
      if (run.startedAt !== null) await fencePlan(run.id)
      const whole = forecast === null ? null : forecast + run.creditsSpent
      const plan = { creditsForecast: whole, forecastBasis: basis }
      const began = { ...plan, notBefore: null, waitReason: null }
      await Run.query().where('id', run.id).where('leaseToken', lease.token).update(began)
      return { lease, run: await run.refresh(), counted: records }
    }
  }
  return null
}

/** A paused service begins nothing; what was interrupted goes on to its end. */
function mayGo(query: Narrowed): void {
  query
    .whereNotNull('started_at')
    .orWhereIn('service_id', db.from('services').where('state', 'enabled').select('id'))
}

/** What keeps the gate from judging one run must not keep all others waiting. */
async function verdictOn(run: Run): Promise<Verdict> {
  try {
    return await askGate(run, Date.now())
  } catch (error) {
    logger.error({ err: error, runId: run.id }, 'The credits for a run could not be judged')
    return UNKNOWN
  }
}

/** Services with a run under way: a second one waits, and is not looked at. */
async function busyServices(): Promise<string[]> {
  const rows = await db.from('runs').whereNotNull('active_key').select('active_key')
  return rows.map((row) => row.active_key)
}

/** Services with a run that waits for a yes: what a schedule started after it waits with it. */
async function askingServices(): Promise<string[]> {
  const rows = await db
    .from('runs')
    .where('state', 'held')
    .whereNull('only_keys')
    .distinct('service_id')
  return rows.map((row) => row.service_id)
}

function freeOf(busy: string[], asking: string[]): (query: Narrowed) => void {
  return (query) => {
    query.whereNotIn('service_id', busy)
    if (asking.length === 0) return
    query.whereNot((behind) =>
      behind.where('trigger', 'schedule').whereNull('started_at').whereIn('service_id', asking)
    )
  }
}

async function tenantsInTurn(isFree: (query: Narrowed) => void): Promise<Turn[]> {
  const waiting = await db
    .from('runs')
    .where('state', 'queued')
    .where(mayGo)
    .where((query) => query.whereNull('not_before').orWhere('not_before', '<=', Date.now()))
    .where(isFree)
    .groupBy('tenant_id')
    .select('tenant_id')
    .min('queued_at as since')
  const loads = await loadByTenant()
  return waiting
    .map(({ tenant_id: tenantId, since }) => ({
      tenantId,
      since: Number(since),
      load: loads.get(tenantId) ?? 0,
    }))
    .sort((a, b) => a.load - b.load || a.since - b.since)
}

async function loadByTenant(): Promise<Map<string, number>> {
  const rows = await db
    .from('runs')
    .whereIn('state', [...ACTIVE_STATES])
    .groupBy('tenant_id')
    .select('tenant_id')
    .count('* as active')
  return new Map(rows.map((row) => [row.tenant_id, Number(row.active)]))
}
