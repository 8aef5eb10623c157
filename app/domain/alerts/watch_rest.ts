import { DateTime } from 'luxon'
import Alert from '#domain/alerts/alert'
import { fromMark } from '#domain/alerts/alert_mark'
import { longestUsualGap } from '#domain/alerts/longest_usual_gap'
import { calmAlerts, raiseAlert } from '#domain/alerts/raise_alert'
import type { AlertKind, Subject } from '#domain/alerts/alert'
import type { Trouble } from '#domain/alerts/raise_alert'
import Connection from '#domain/connections/connection'
import { creditsLeft } from '#domain/connections/credits_left'
import { orgOf } from '#domain/connections/org'
import Run from '#domain/runs/run'
import Schedule from '#domain/services/schedule'
import Service from '#domain/services/service'

const EVERY = 60_000
/** A run or a slot that waits longer than this has not just waited its turn. */
const OVERDUE_AFTER = 30 * 60_000
const ARRIVALS = 20
/** Of the credits of a day. */
const LOW = 0.1

/** Looks once a minute at all that is no run's end: what waits, is silent, paused, broken or used up. */
export function watchRest(now: number): Promise<void> {
  return fromMark('rest', now - EVERY, async (mark) => {
    if (mark > now - EVERY) return mark
    const held = await Run.query().where('state', 'held').orderBy('queuedAt')
    for (const service of await Service.query().whereNot('state', 'archived')) {
      const waiting = held.find(({ serviceId }) => serviceId === service.id)
      await judgeService(service, now)
      await judgeHeld(service, waiting, now)
    }
    for (const connection of await Connection.query()) await judgeConnection(connection, now)
    return now
  })
}

async function judgeService(service: Service, now: number): Promise<void> {
  const { tenantId, id, name, state, stateReason } = service
  const subject: Subject = { noun: 'service', id, name }
  const say = (kind: AlertKind, trouble: string | null, detail = '') =>
    settle(
      { tenantId, kind, cause: `${id} ${kind}`, title: `${name} ${trouble}`, detail, subject },
      trouble !== null,
      now
    )
  await say('paused', state === 'paused' ? 'is paused' : null, stateReason ?? 'by hand')
  const isOn = state === 'enabled'
  await say(
    'overdue',
    isOn && (await isOverdue(service, now)) ? 'is overdue' : null,
    'a run has waited for more than half an hour'
  )
  const silence = isOn ? await silenceOf(service, now) : null
  await say('silent', silence === null ? null : 'brings nothing any more', silence ?? '')
}

/** Whatever the service, somebody must look: runs that wait for a yes are one alert. */
async function judgeHeld({ tenantId, id, name }: Service, run: Run | undefined, now: number) {
  const subject: Subject = { noun: 'service', id, name }
  const title = 'Runs wait for a yes'
  const detail = `${name}: ${run?.waitReason ?? 'its brake struck'}`
  const trouble: Trouble = { tenantId, kind: 'held', cause: 'held', title, detail, subject }
  await settle(trouble, run !== undefined, now)
}

async function judgeConnection(connection: Connection, now: number): Promise<void> {
  const { tenantId, id, name, health, healthMessage } = connection
  const subject: Subject = { noun: 'connection', id, name }
  const isBroken = health === 'broken'
  const broken = { tenantId, kind: 'connection' as const, cause: id, subject }
  const detail = healthMessage ?? ''
  await settle({ ...broken, title: `The connection ${name} is broken`, detail }, isBroken, now)

  const { key, perDay } = await orgOf(connection)
  const left = perDay === null ? null : await creditsLeft(connection, now)
  const isLow = perDay !== null && left !== null && left < perDay * LOW
  const said = `${left} of ${perDay} credits are left for these 24 hours`
  const low = { tenantId, kind: 'credits' as const, cause: key, subject }
  await settle({ ...low, title: `${name} runs out of credits`, detail: said }, isLow, now)
}

/** Opens an alert that is not open yet, or closes it: a lasting trouble is one event. */
async function settle(trouble: Trouble, isThere: boolean, now: number): Promise<void> {
  const { tenantId, kind, subject } = trouble
  if (!isThere) return calmAlerts(tenantId, [kind], subject.id, now)
  const open = await Alert.query()
    .where('tenantId', tenantId)
    .where('kind', kind)
    .whereNotNull('openKey')
  const isKnown = open.some(({ subjects }) => subjects.some(({ id }) => id === subject.id))
  if (!isKnown) await raiseAlert(trouble, now)
}

async function isOverdue(service: Service, now: number): Promise<boolean> {
  const before = now - OVERDUE_AFTER
  const slot = await Schedule.query()
    .where('serviceId', service.id)
    .where('nextDueAt', '<', before)
    .first()
  if (slot !== null) return true
  const waiting = await Run.query()
    .where('serviceId', service.id)
    .where('state', 'queued')
    .where('queuedAt', '<', before)
    .where((query) => query.whereNull('notBefore').orWhere('notBefore', '<', before))
    .first()
  return waiting !== null
}

/** How long nothing has arrived, where that is longer than usual. What people start is as they like. */
async function silenceOf(service: Service, now: number): Promise<string | null> {
  const runs = await Run.query()
    .where('serviceId', service.id)
    .whereIn('trigger', ['schedule', 'webhook'])
    .whereIn('state', ['succeeded', 'partial'])
    .whereRaw('created + updated + deleted > 0')
    .orderBy('finishedAt', 'desc')
    .limit(ARRIVALS)
  const arrivals = runs.flatMap(({ finishedAt }) => finishedAt?.toMillis() ?? [])
  const gap = longestUsualGap(arrivals)
  if (gap === null || now - arrivals[0] <= gap || !(await startsByItself(service))) return null
  return `the last record arrived ${DateTime.fromMillis(arrivals[0]).toUTC().toFormat('d LLL yyyy, HH:mm')} UTC, which is unusually long ago`
}

async function startsByItself(service: Service): Promise<boolean> {
  const { definition } = await service.currentRevision()
  const { schedule, trigger } = definition
  return trigger !== undefined || (schedule !== undefined && !('once' in schedule))
}
