import { test } from '@japa/runner'
import DeadLetter from '#domain/runs/dead_letter'
import { queueRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import { parseService } from '#domain/services/service_file'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

test.group('a record that could be several', () => {
  test('is counted by a preview, and chosen by a person', async ({ browserContext, assert }) => {
    const house = await givenShopToZoho({ records: 6, simulator: { seed: 9400 } })
    const { tenant, shop, simulator } = house
    shop.exec(`update orders set customer = 'Twin' where id < 3`)
    const order = orderDefinition({ records: 6 })
    const mapping = [{ to: 'Deal_Name', from: 'customer' }, ...order.mapping.slice(2)]
    const pairing = {
      ...{ ...order, name: 'pairing', mapping },
      target: { ...order.target, match: { by: 'search', any: [['Deal_Name']] } },
    }
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await withTestRunners(async (dispatcher) => {
      const ref = [order.mapping[0], ...mapping]
      const first = await applyService(tenant, { ...order, mapping: ref }, { userId: null })
      const manual = { trigger: 'manual' as const, requestedBy: null }
      await untilOver(await queueRun(first.service, manual), dispatcher)
      const wanted = await parseService(pairing, 'pairing.yaml')
      const { service } = await applyService(tenant, wanted, { userId: null })

      await page.goto(`/t/${tenant.slug}/services/${service.id}/preview`)
      await page.waitForURL('**/previews/*')
      await byTest(page, 'matched-many').getByText('Several times 2').click()
      await page.getByText('there several times').first().waitFor()
      assert.equal(await byTest(page, 'row').filter({ hasText: 'several times' }).count(), 2)
      assert.deepEqual(await findBarriers(page), [])

      await untilOver(await queueRun(service, manual), dispatcher)
      const letter = await DeadLetter.query().where('serviceId', service.id).firstOrFail()
      await page.goto(`/t/${tenant.slug}/dead-letters/${letter.id}`)
      await byTest(page, 'choose-match').locator('time').first().waitFor()
      assert.notMatch(await byTest(page, 'choose-match').innerText(), /\dT\d\d:/)
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 })
        assert.deepEqual(await findBarriers(page), [])
      }
      await page.getByRole('radio').first().focus()
      await page.keyboard.press('Space')
      await byTest(page, 'send-choice').press('Enter')
      await page.waitForURL('**/runs/*')
      await page.locator('[data-test="status"][data-state="succeeded"]').waitFor()
      await letter.refresh()
      assert.isNotNull(letter.resolvedAt)
      assert.equal(simulator.stats().modules.Deals?.records, 6)
    })
    await house.close()
  }).timeout(120_000)
})
