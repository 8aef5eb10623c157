import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { cancelRun } from '#domain/runs/cancel_run'
import { claimNext } from '#domain/runs/next_run'
import Run from '#domain/runs/run'
import { startDue } from '#domain/runs/start_due'
import Schedule from '#domain/services/schedule'
import ScheduleSlot from '#domain/services/schedule_slot'
import { MOST_AT_ONCE } from '#domain/services/slots'
import type { Blackout, Misfire, Overlap } from '#sdk'
import { givenRun, givenService, givenTenant } from '#tests/support/app'

const MINUTE = 60_000
const START = Date.parse('2026-11-20T08:00:00Z')

interface Policy {
  misfire?: Misfire
  overlap?: Overlap
  blackout?: Blackout[]
}

async function givenSchedule(policy: Policy = {}) {
  const service = await givenService(await givenTenant())
  const schedule = await Schedule.create({
    tenantId: service.tenantId,
    serviceId: service.id,
    definition: { every: 10, unit: 'minutes', ...policy },
    startsAt: DateTime.fromMillis(START),
    nextDueAt: DateTime.fromMillis(START),
  })
  const runs = () => Run.query().where('serviceId', service.id).orderBy('queuedAt')
  return { service, schedule, runs }
}

test.group('A schedule', () => {
  test('starts a slot once, however many clocks look', async ({ assert }) => {
    const { schedule, runs } = await givenSchedule()
    await Promise.all(Array.from({ length: 6 }, () => startDue(START)))
    assert.lengthOf(await runs(), 1)
    assert.lengthOf(await ScheduleSlot.query().where('scheduleId', schedule.id), 1)
    await startDue(START + MINUTE)
    assert.lengthOf(await runs(), 1)
  })

  test('a restored clock does not start a slot again', async ({ assert }) => {
    const { schedule, runs } = await givenSchedule()
    await startDue(START)
    await Schedule.query().where('id', schedule.id).update({ nextDueAt: START })
    await startDue(START)
    assert.lengthOf(await runs(), 1)
  })

  test('skips a slot while a run is under way, and says so; or queues it', async ({ assert }) => {
    const skipping = await givenSchedule()
    const queueing = await givenSchedule({ overlap: 'queue' })
    await startDue(START)
    await startDue(START + 10 * MINUTE)
    assert.lengthOf(await skipping.runs(), 1)
    assert.lengthOf(await queueing.runs(), 2)
    const slots = await ScheduleSlot.query()
      .where('scheduleId', skipping.schedule.id)
      .orderBy('slotAt')
    assert.deepEqual(
      slots.map(({ state }) => state),
      ['started', 'skipped']
    )
  })

  test('lets one run wait behind one that asks, and that one for the answer', async ({
    assert,
  }) => {
    const { service, schedule, runs } = await givenSchedule({ misfire: 'all', overlap: 'queue' })
    const asking = { state: 'held' as const, trigger: 'schedule' as const, finishedAt: null }
    const [held, other] = [await givenRun(service, asking), await givenService(await givenTenant())]
    await startDue(START + 50 * MINUTE)
    const waiting = await runs().where('state', 'queued')
    assert.lengthOf(waiting, 1)
    const slots = await ScheduleSlot.query().where('scheduleId', schedule.id).orderBy('slotAt')
    assert.deepEqual(
      slots.map(({ state }) => state),
      ['started', ...Array.from({ length: 5 }, () => 'skipped')]
    )

    const claim = async () => {
      const claimed = await claimNext((run) => run.serviceId === service.id)
      return claimed?.run.id
    }
    assert.isUndefined(await claim())
    const queued = { ...asking, state: 'queued' as const, startedAt: null }
    const elsewhere = await givenRun(other, queued)
    const claimed = await claimNext((run) => run.serviceId === other.id)
    assert.equal(claimed?.run.id, elsewhere.id)
    const replay = await givenRun(service, { ...queued, trigger: 'replay', onlyKeys: ['7'] })
    assert.equal(await claim(), replay.id, 'a person asks for certain records meanwhile')
    await replay.merge({ state: 'succeeded', activeKey: null }).save()
    await cancelRun(held, null)
    assert.equal(await claim(), waiting[0]?.id)
  })

  test('does not start a paused service', async ({ assert }) => {
    const { service, runs } = await givenSchedule()
    await service.merge({ state: 'paused' }).save()
    await startDue(START)
    assert.lengthOf(await runs(), 0)
  })

  test('starts what a long stop missed over several ticks, each slot once', async ({ assert }) => {
    const { schedule, runs } = await givenSchedule({ misfire: 'all', overlap: 'queue' })
    const due = () => schedule.refresh().then(({ nextDueAt }) => nextDueAt?.toMillis())
    const slot = (index: number) => START + index * 10 * MINUTE
    const now = slot(MOST_AT_ONCE + 4)

    await startDue(now)
    assert.lengthOf(await runs(), MOST_AT_ONCE)
    assert.equal(await due(), slot(MOST_AT_ONCE))
    await startDue(now)
    assert.lengthOf(await runs(), MOST_AT_ONCE + 5)
    assert.equal(await due(), slot(MOST_AT_ONCE + 5))
    await startDue(now)
    assert.lengthOf(await runs(), MOST_AT_ONCE + 5)
  })

  test('makes up for what was missed after its blackout, and not in it', async ({ assert }) => {
    const { schedule, runs } = await givenSchedule({
      blackout: [{ from: '09:00', until: '17:00' }],
    })
    await startDue(START + 120 * MINUTE)
    assert.lengthOf(await runs(), 0, 'the server is back at ten')
    const evening = START + 9 * 60 * MINUTE
    await startDue(evening)
    assert.lengthOf(await runs(), 1)
    await schedule.refresh()
    assert.equal(schedule.nextDueAt?.toMillis(), evening + 10 * MINUTE)
    const onTime = await givenSchedule({ blackout: [{ from: '08:01', until: '17:00' }] })
    await startDue(START + MINUTE)
    assert.lengthOf(await onTime.runs(), 1, 'a slot just before it is on time')
  })

  test('does not stop another one by its trouble', async ({ assert }) => {
    const broken = await givenSchedule()
    await db.from('schedules').where('id', broken.schedule.id).update({ definition: 'null' })
    const sound = await givenSchedule()
    await startDue(START)
    assert.lengthOf(await sound.runs(), 1)
    assert.lengthOf(await broken.runs(), 0)
    await broken.schedule.delete()
  })
})
