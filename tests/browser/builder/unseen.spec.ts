import { test } from '@japa/runner'
import { queueRun } from '#domain/runs/start_run'
import { byTest } from '#tests/browser/support/sign_in_as'
import { lookAround } from '#tests/browser/support/look_around'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const UNSEEN = /2 records of .+ hold nothing in updated_at/

test.group('Rows without a time, in a service that reads what changed', () => {
  for (const width of [1440, 390]) {
    test(`builder, preview and run speak of them: ${width} px`, async ({
      browser,
      assert,
      cleanup,
    }) => {
      const incremental = { by: 'modified' as const, column: 'updated_at' }
      const house = await givenShopToZoho({ records: 6, incremental })
      cleanup(() => house.close())
      house.shop.exec('update orders set updated_at = null where id < 3')
      const user = await givenUser({ tenant: house.tenant, role: 'builder' })
      const path = `/t/${house.tenant.slug}/services/${house.service.id}`
      await withTestRunners(async (dispatcher) => {
        const { page, look, barriers, complaints, context } = await lookAround(browser, user, width)
        await page.goto(path)
        await byTest(page, 'edit-service').click()
        await byTest(page, 'step-source').click()
        await page.getByText('A record that holds nothing there is never read').waitFor()
        await look('unseen-builder')
        await page.goto(`${path}/preview`)
        await page.waitForURL('**/previews/*')
        await page.getByText(UNSEEN).waitFor()
        await look('unseen-preview')
        const manual = { trigger: 'manual' as const, requestedBy: null }
        const run = await untilOver(await queueRun(house.service, manual), dispatcher)
        await page.goto(`/t/${house.tenant.slug}/runs/${run.id}`)
        await byTest(page, 'unseen').getByText(UNSEEN).waitFor()
        await look('unseen-run')
        assert.equal(house.simulator.stats().modules.Deals?.records, 4)
        assert.deepEqual(barriers, [])
        assert.deepEqual(complaints, [])
        await context.close()
      })
    }).timeout(120_000)
  }
})
