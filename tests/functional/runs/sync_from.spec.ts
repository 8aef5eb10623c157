import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { typicalCredits } from '#domain/runs/forecast'
import { lastPreview } from '#domain/runs/last_preview'
import Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { syncFrom } from '#domain/runs/sync_from'
import { recordsRead } from '#engine/counters'
import Service from '#domain/services/service'
import { givenUser } from '#tests/support/app'
import { givenPreview } from '#tests/support/given_preview'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const BEFORE = DateTime.fromISO('2026-11-10T00:00:00Z', { setZone: true })
const LATE = '2026-11-15T08:00:00Z'
const AFTER = DateTime.fromISO('2026-11-15T08:00:01Z', { setZone: true })
const YESTERDAY = DateTime.fromISO('2026-11-20T00:00:00+01:00', { setZone: true })

async function given(incremental?: { by: 'modified'; column: string }) {
  const house: ShopToZoho = await givenShopToZoho({ records: 3, incremental })
  const { id } = await givenUser({ tenant: house.tenant })
  return { ...house, userId: id }
}

type House = Awaited<ReturnType<typeof given>>

/** It has read all there is, up to LATE; two of three records are of then. */
async function givenRead(): Promise<House & { over(run: Run): Promise<Run> }> {
  const house = await given({ by: 'modified', column: 'updated_at' })
  const over = (run: Run) => withTestRunners((dispatcher) => untilOver(run, dispatcher))
  house.shop.exec(`update orders set updated_at = '${LATE}' where id < 3`)
  await over(await queueRun(house.service, { trigger: 'manual', requestedBy: null }))
  await house.service.refresh()
  return { ...house, over }
}

test.group('Syncing from a moment', () => {
  test('reads what changed since, or everything, and ends where it stood', async ({ assert }) => {
    const { service, userId, over, close } = await givenRead()
    const place = service.position
    const since = await over(await syncFrom(service, BEFORE, userId))
    assert.equal(since.state, 'succeeded', since.errorMessage ?? '')
    assert.equal(recordsRead(since.counters), 2)
    const whole = await over(await syncFrom(await service.refresh(), null, userId))
    assert.equal(recordsRead(whole.counters), 3)
    await service.refresh()
    assert.deepEqual(service.position, place)
    await close()
  }).timeout(120_000)

  test('is refused where it would leave out what changed in between', async ({ assert }) => {
    const { service, userId, over, close } = await givenRead()
    const place = service.position
    await assert.rejects(() => syncFrom(service, AFTER, userId), /read up to 2026-11-15 08:00:00/)
    const future = DateTime.utc().plus({ years: 1 })
    await assert.rejects(() => syncFrom(service, future, userId), /still to come/)
    await service.refresh()
    assert.deepEqual(service.position, place)

    const cancelled = await syncFrom(service, null, userId)
    await cancelled.merge({ state: 'cancelled' }).save()
    await assert.rejects(() => syncFrom(service, BEFORE, userId), /not come to its end/)
    const whole = await over(await syncFrom(service, null, userId))
    assert.equal(recordsRead(whole.counters), 3)
    await close()
  }).timeout(120_000)

  test('costs what the source counts, not what short runs and old previews say', async ({
    assert,
  }) => {
    const { service, userId, over, close } = await givenRead()
    await over(await queueRun(service, { trigger: 'manual', requestedBy: null }))
    await service.refresh()
    assert.isNotNull(await typicalCredits(service))
    await givenPreview(service, [], { credits: 2 })
    assert.isNotNull(await lastPreview(service.id, service.revision))
    await syncFrom(service, BEFORE, userId)
    await service.refresh()
    assert.isNull(await typicalCredits(service))
    assert.isNull(await lastPreview(service.id, service.revision))
    await close()
  }).timeout(120_000)

  test('moves the place where the next run begins, and starts it', async ({ assert }) => {
    const { service, userId, close } = await given({ by: 'modified', column: 'updated_at' })
    const run = await syncFrom(service, YESTERDAY, userId)
    await service.refresh()
    assert.equal(service.position, '2026-11-19T23:00:00Z')
    assert.deepEqual([run.trigger, run.requestedBy], ['manual', userId])
    await close()
  })

  test('is refused where there is nothing to follow, or no time', async ({ assert }) => {
    const whole = await given()
    await assert.rejects(() => syncFrom(whole.service, null, whole.userId), /reads everything/)
    await whole.close()
    const counted = await given({ by: 'modified', column: 'id' })
    await assert.rejects(
      () => syncFrom(counted.service, YESTERDAY, counted.userId),
      /follows id, which holds no time/
    )
    await counted.close()
  })

  test('begins one run where two people ask at one moment', async ({ assert }) => {
    const { service, userId, close } = await given({ by: 'modified', column: 'updated_at' })
    const moments = [YESTERDAY, BEFORE, null, YESTERDAY, BEFORE, null]
    const asked = await Promise.allSettled(
      moments.map(async (from) => syncFrom(await Service.findOrFail(service.id), from, userId))
    )
    const begun = asked.findIndex(({ status }) => status === 'fulfilled')
    const refused = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    assert.lengthOf(refused, moments.length - 1)
    for (const { message } of refused) assert.match(message, /waits or is under way/)
    assert.lengthOf(await Run.query().where('serviceId', service.id), 1)
    await service.refresh()
    const place = moments[begun]?.toUTC().toISO({ suppressMilliseconds: true }) ?? null
    assert.equal(service.position, place, 'where the one begins that was not refused')
    await close()
  })

  test('waits for a run under way, whose end would move the place again', async ({ assert }) => {
    const { service, userId, close } = await given({ by: 'modified', column: 'updated_at' })
    const run = await queueRun(service, { trigger: 'schedule', requestedBy: null })
    for (const state of ['queued', 'held', 'running', 'cancelling'] as const) {
      await run.merge({ state }).save()
      await assert.rejects(() => syncFrom(service, null, userId), /waits or is under way/)
    }
    await close()
  })
})
