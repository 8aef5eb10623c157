import { test } from '@japa/runner'
import type { LossesView } from '#http/previews/losses_view'
import { viewLosses } from '#http/previews/losses_view'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

test.group('The report of lossy conversions', () => {
  test('reads the source in a runner, and says why it cannot', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 12, simulator: { seed: 9500 } })
    const { service, shop, simulator } = house
    shop.exec(`update orders set customer = '${'x'.repeat(150)}' where id in (2, 3)`)
    shop.exec("update orders set total = 'much' where id = 4")
    const seen: LossesView = await withTestRunners(() => viewLosses(service, 'whole'))
    assert.isTrue(seen.ok && seen.isWhole)
    assert.deepEqual(
      seen.ok ? seen.rows.map(({ to, kind, count, values }) => [to, kind, count, values]) : seen,
      [
        ['Deal_Name', 'too_long', 2, 12],
        ['Amount', 'unreadable', 1, 12],
      ]
    )
    assert.equal(simulator.stats().modules.Deals?.records ?? 0, 0)

    shop.exec('drop table orders')
    const refused = await withTestRunners(() => viewLosses(service, 'sample'))
    assert.isFalse(refused.ok)
    await house.close()
  })
})
