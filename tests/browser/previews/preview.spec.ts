import { test } from '@japa/runner'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

test.group('the page of a preview', () => {
  test('plans, is looked through, applied, and the records arrive', async ({
    browserContext,
    assert,
  }) => {
    const house = await givenShopToZoho({ records: 40, simulator: { seed: 9300 } })
    const { tenant, service, shop, simulator } = house
    shop.exec("update orders set total = 'much' where id = 7")
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await withTestRunners(async () => {
      await page.goto(`/t/${tenant.slug}/services/${service.id}/preview`)
      await page.waitForURL('**/previews/*')
      await byTest(page, 'count-create').getByText('39').waitFor()
      assert.deepEqual(await findBarriers(page), [])
      assert.equal(simulator.stats().modules.Deals?.records ?? 0, 0)

      await byTest(page, 'filter-rejected').click()
      await page.waitForURL('**outcome=rejected*')
      await page.getByText("Amount: 'much' is not a decimal number").waitFor()
      assert.equal(await byTest(page, 'row').filter({ hasText: 'rejected' }).count(), 1)
      await byTest(page, 'search').fill('8')
      await page.getByRole('button', { name: 'Search' }).click()
      await page.getByText('No such record').waitFor()
      await byTest(page, 'filter-all').click()
      await page.getByText('would be set').first().waitFor()

      await byTest(page, 'losses-sample').click()
      await byTest(page, 'losses').getByText('not what the field takes').waitFor()
      assert.match(await byTest(page, 'losses').innerText(), /all\s+40 records[^]*7: much/)
      assert.deepEqual(await findBarriers(page), [])

      await byTest(page, 'apply').click()
      await page.getByText('to write 39').waitFor()
      assert.deepEqual(await findBarriers(page), [])
      shop.exec("update orders set total = '9.75' where id = 3")
      await byTest(page, 'confirm').click()
      await page.waitForURL('**/runs/*')
      await page.locator('[data-test="status"][data-state="succeeded"]').waitFor()
      assert.equal(simulator.stats().modules.Deals?.records, 39)
      await byTest(page, 'planned-again').getByText('1 record had changed since').waitFor()
      assert.deepEqual(await findBarriers(page), [])

      shop.exec("update orders set total = '1.00' where id = 3")
      await page.goto(`/t/${tenant.slug}/services/${service.id}/preview`)
      await page.waitForURL('**/previews/*')
      await byTest(page, 'filter-update').click()
      const change = byTest(page, 'changes').first()
      await change.waitFor()
      assert.match(await change.innerText(), /Amount\s+before:\s*9\.75\s+after:\s*1/)
    })
    await house.close()
  }).timeout(90_000)

  test('says why a preview cannot be made', async ({ browserContext }) => {
    const house = await givenShopToZoho({ records: 1, simulator: { seed: 9301 } })
    const { tenant, service, shop } = house
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    shop.exec('drop table orders')
    await withTestRunners(async () => {
      await page.goto(`/t/${tenant.slug}/services/${service.id}/preview`)
      await byTest(page, 'preview-refused').waitFor()
    })
    await house.close()
  }).timeout(60_000)
})
