import { fromMark } from '#domain/alerts/alert_mark'
import { doubtConnections } from '#domain/alerts/doubt_connections'
import { calmAlerts, raiseAlert } from '#domain/alerts/raise_alert'
import type { Trouble } from '#domain/alerts/raise_alert'
import DeadLetter from '#domain/runs/dead_letter'
import { plainCause } from '#domain/runs/plain_cause'
import Run from '#domain/runs/run'

/** A run's end is written a moment before it can be read: none is looked at before that. */
const SETTLES_IN = 2_000
const AT_ONCE = 200

/** Turns the runs that ended since the last look into alerts, and tries the connections they put in doubt. */
export async function watchRuns(now: number): Promise<void> {
  const seen: Run[] = []
  await fromMark('runs', now, async (mark) => {
    const until = now - SETTLES_IN
    const ended = () => Run.query().where('finishedAt', '>', mark).orderBy('finishedAt')
    const border = await ended().where('finishedAt', '<=', until).offset(AT_ONCE).limit(1).first()
    const last = border?.finishedAt?.toMillis() ?? until
    for (const run of await ended().where('finishedAt', '<=', last).preload('service')) {
      await judge(run, now)
      seen.push(run)
    }
    return Math.max(mark, last)
  })
  await doubtConnections(seen)
}

async function judge(run: Run, now: number): Promise<void> {
  const { tenantId, serviceId, service } = run
  const subject = { noun: 'service' as const, id: serviceId, name: service.name }
  if (run.state === 'succeeded' || run.state === 'partial') {
    await calmAlerts(tenantId, ['failed'], serviceId, now)
  }
  if (run.state === 'succeeded' && !(await hasOpenLetters(serviceId))) {
    await calmAlerts(tenantId, ['partial'], serviceId, now)
  }
  if (run.state === 'failed') {
    const reason = run.errorMessage ?? 'it ended without saying why'
    const title = `Runs fail: ${reason}`
    const cause = `${run.errorKind} ${reason}`
    await raiseAlert({ tenantId, kind: 'failed', cause, title, detail: reason, subject }, now)
  }
  if (run.state === 'partial') {
    await raiseAlert({ ...(await partialTrouble(run)), tenantId, subject }, now)
  }
}

/** A run that finds nothing new mends nothing of what failed before it. */
async function hasOpenLetters(serviceId: string): Promise<boolean> {
  const open = await DeadLetter.query()
    .where('serviceId', serviceId)
    .whereNotNull('openKey')
    .select('id')
    .first()
  return open !== null
}

/** Grouped by what most of its records failed of. */
async function partialTrouble(run: Run): Promise<Omit<Trouble, 'tenantId' | 'subject'>> {
  const missed = run.rejected + run.failed + run.unclear
  const worst = await DeadLetter.query()
    .where('runId', run.id)
    .groupBy('code', 'field')
    .select('code', 'field')
    .orderByRaw('count(*) desc')
    .first()
  const place = worst?.field ? ` in ${worst.field}` : ''
  const cause = `${run.serviceId} ${worst?.code ?? ''}${place}`
  const title = `${run.service.name}: records do not arrive`
  const mends = worst === null ? '' : `. What mends most of them: ${plainCause(worst)}`
  return { kind: 'partial', cause, title, detail: `${missed} did not arrive${mends}` }
}
