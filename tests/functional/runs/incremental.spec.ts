import { test } from '@japa/runner'
import Service from '#domain/services/service'
import { recordsRead } from '#engine/counters'
import { startRun } from '#domain/runs/start_run'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

test.group('An incremental service', () => {
  test('reads what changed since, what committed late within the overlap, and nothing twice', async ({
    assert,
  }) => {
    const incremental = { by: 'modified' as const, column: 'updated_at', overlap: 600 }
    const house = await givenShopToZoho({ records: 200, incremental })
    const runOnce = () =>
      withTestRunners(async (dispatcher) =>
        untilOver(
          await startRun(house.service, { trigger: 'manual', requestedBy: null }),
          dispatcher
        )
      )
    const touch = house.shop.prepare('update orders set total = ?, updated_at = ? where id = ?')
    touch.run('5.00', minutesAgo(1), 10)

    const first = await runOnce()
    assert.equal(first.state, 'succeeded', first.errorMessage ?? '')
    assert.equal(first.created, 200)
    const { position } = await Service.findOrFail(house.service.id)
    assert.isString(position)

    touch.run('7.00', minutesAgo(0), 11)
    touch.run('8.00', minutesAgo(4), 12)
    const second = await runOnce()
    assert.equal(second.updated, 2, 'the one that is new, and the one that committed late')
    assert.isBelow(recordsRead(second.counters), 10, 'the rest is not even read')
    const third = await runOnce()
    assert.equal(third.updated + third.created, 0)
    await house.close()
  }).timeout(60_000)
})
