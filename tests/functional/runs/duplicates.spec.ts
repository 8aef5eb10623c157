import { test } from '@japa/runner'
import { recordLinks } from '#domain/runs/record_links'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { Person } from '#tests/support/person'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

test.group('Duplicates in the source', () => {
  for (const policy of ['first', 'last'] as const) {
    test(`the ${policy} one is in the target, and then nothing is sent`, async ({ assert }) => {
      const house = await givenShopToZoho({ records: 2_200 })
      const share = house.shop.prepare(
        "update orders set number = 'SO-5', customer = ? where id = ?"
      )
      share.run('Near', 6)
      share.run('Far', 2_150)
      const person = await Person.signedInTo(house.simulator)
      await withTestRunners(async (dispatcher) => {
        const definition = orderDefinition({ records: 0 })
        definition.source.duplicates = policy
        const { service } = await applyService(house.tenant, definition, { userId: null })
        const request = { trigger: 'manual' as const, requestedBy: null }
        const run = async () => untilOver(await startRun(service, request), dispatcher)
        const first = await run()
        const counts = { first: { filtered: 2, updated: 0 }, last: { filtered: 0, updated: 2 } }
        assert.equal(first.state, 'succeeded', first.errorMessage ?? '')
        assert.deepInclude(first.counters, { created: 2_198, rejected: 0, ...counts[policy] })
        const names = await person.names('Order_Ref')
        assert.include(names.get('SO-5'), policy === 'first' ? 'Customer 5' : 'Far')
        if (policy === 'last') {
          const ids = await Promise.all(
            ['5', '6', '2150'].map(async (key) => {
              const links = await recordLinks(house.tenant.id, key)
              return links.map(({ targetId }) => targetId !== null)
            })
          )
          assert.deepEqual(ids, [[false], [false], [true]], 'one id, one record')
        }
        const second = await run()
        assert.deepInclude(second.counters, { unchanged: 2_198, filtered: 2, updated: 0 })
      })
      await house.close()
    }).timeout(120_000)
  }
})
