import { test } from '@japa/runner'
import { queueRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import { connectionOf } from '#tests/support/credits'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

/** So many that a file is cheaper than calls. */
const RECORDS = 5_200

test.group('A connection that runs automations', () => {
  test('writes by calls, however many records, since files run none', async ({ assert }) => {
    const house = await givenShopToZoho({ records: RECORDS })
    const zoho = await connectionOf(house.tenant, 'zoho')
    await zoho.merge({ settings: { ...zoho.settings, trigger: 'workflow' } }).save()
    await withTestRunners(async (dispatcher) => {
      const run = await queueRun(house.service, { trigger: 'manual', requestedBy: null })
      await untilOver(run, dispatcher)
      assert.equal(run.created, RECORDS, run.errorMessage ?? '')
    })
    const inserted = house.simulator.ledger({}).filter(({ action }) => action === 'insert')
    assert.lengthOf(inserted, RECORDS)
    const without = inserted.filter(({ trigger }) => trigger?.join() !== 'workflow')
    assert.lengthOf(without, 0)

    const byFile = orderDefinition({ records: 0, route: 'bulk_write' })
    await assert.rejects(
      () => withTestRunners(() => applyService(house.tenant, byFile, { userId: null })),
      /'bulk_write' cannot write all mapped fields with these options/
    )
    await house.close()
  }).timeout(60_000)
})
