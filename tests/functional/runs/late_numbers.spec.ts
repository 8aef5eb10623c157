import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { startRun } from '#domain/runs/start_run'
import { reachedPlace } from '#domain/services/reached_place'
import type { Value } from '#sdk'
import { recordsRead } from '#engine/counters'
import { givenRun, givenService, givenTenant } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const start = DateTime.utc().minus({ days: 1 })

async function givenRead(position: Value) {
  const service = await givenService(await givenTenant(), { position })
  const read = (seconds: number, until: Value, field = 'id') => {
    const at = start.plus({ seconds })
    const bounds = { field, from: null, until }
    return givenRun(service, { queuedAt: at, startedAt: at, finishedAt: at, bounds })
  }
  const { definition } = await service.currentRevision()
  const place = (overlap?: number) =>
    reachedPlace(service, { ...definition, incremental: { by: 'created', column: 'id', overlap } })
  return { read, place }
}

test.group('A service that follows a number', () => {
  test('brings a row whose number is lower than what was seen before it', async ({
    assert,
    cleanup,
  }) => {
    const incremental = { by: 'created' as const, column: 'id' }
    const { service, shop, close } = await givenShopToZoho({ records: 20, incremental })
    cleanup(close)
    shop.exec('delete from orders where id = 15')
    const run = () =>
      withTestRunners(async (dispatcher) => {
        const queued = await startRun(service, { trigger: 'manual', requestedBy: null })
        return untilOver(queued, dispatcher)
      })
    const first = await run()
    assert.equal(first.created, 19, first.errorMessage ?? '')
    shop.exec(
      "insert into orders select 15, 'SO-15', customer, total, status, null from orders where id = 1"
    )
    const late = await run()
    assert.deepInclude(late.counters, { created: 1, unchanged: 19 }, late.errorMessage ?? '')
    assert.equal(recordsRead(late.counters), 20)
  }).timeout(180_000)

  test('goes back to where it stood so long before its last run', async ({ assert }) => {
    const { read, place } = await givenRead(40)
    await read(0, 10)
    assert.isNull(await place(), 'one run alone tells nothing')
    await read(400, 20)
    await read(500, 30)
    await read(900, 45)
    assert.deepEqual([await place(), await place(100), await place(600)], [30, 30, 10])
    assert.equal(await place(0), 40, 'as far as it has read')
    await read(1300, 50)
    assert.equal(await place(), 40, 'never beyond its own place')
  })

  test('knows large numbers, and tells them from times and from other columns', async ({
    assert,
  }) => {
    const large = '9007199254740993'
    const big = await givenRead(large)
    await big.read(0, '9007199254740992')
    await big.read(400, large)
    assert.equal(await big.place(), '9007199254740992')
    const moved = await givenRead(7)
    await moved.read(0, '2026-11-01T08:00:00Z', 'updated_at')
    await moved.read(400, 7)
    assert.isNull(await moved.place())
    const time = await givenRead('2026-11-01T08:00:00Z')
    assert.equal(await time.place(), '2026-11-01T08:00:00Z')
  })
})
