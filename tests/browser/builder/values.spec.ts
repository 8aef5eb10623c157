import { test } from '@japa/runner'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenUser } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

test.group('Values of a picklist', () => {
  for (const width of [1440, 390]) {
    test(`are mapped in a table, also one that is rare: ${width} px`, async ({
      browser,
      assert,
    }) => {
      const stage = await givenShopToZoho({ records: 130, route: 'upsert' })
      stage.shop.exec("update orders set status = 'refunded' where id = 120")
      await withTestRunners(async () => {
        const viewport = { width, height: 900 }
        const context = await browser.newContext({ baseURL: baseUrl(), viewport })
        const user = await givenUser({ tenant: stage.tenant, role: 'builder' })
        const page = await signInAs(context, user)
        const complaints = watchPage(page)
        await page.goto(`/t/${stage.tenant.slug}/services/${stage.service.id}`)
        await byTest(page, 'edit-service').click()
        await byTest(page, 'step-mapping').click()
        await byTest(page, 'edit-Stage').click()
        await byTest(page, 'origin').selectOption('from')
        await byTest(page, 'from-Stage').selectOption('status')
        await byTest(page, 'becomes-paid').selectOption('Closed Won')
        await byTest(page, 'becomes-new').selectOption('Qualification')
        assert.equal(await byTest(page, 'becomes-refunded').count(), 0, 'not in the sample')
        await byTest(page, 'all-values').click()
        await byTest(page, 'values-of').getByText('What all 130 records').waitFor()
        await byTest(page, 'becomes-refunded').selectOption('Closed Lost')
        await page.getByLabel('Another value of the source').fill('odd')
        await page.getByLabel('Another value of the source').press('Enter')
        await byTest(page, 'becomes-odd').waitFor()
        await page.mouse.move(0, 0)
        assert.deepEqual(await findBarriers(page), [])
        await byTest(page, 'step-review').click()
        await byTest(page, 'sound').waitFor()
        await byTest(page, 'save-enable').click()
        await page.getByText('is saved as revision 2').waitFor()
        await stage.service.refresh()
        const { definition } = await stage.service.currentRevision()
        const row = definition.mapping.find(({ to }) => to === 'Stage')
        const table = { paid: 'Closed Won', new: 'Qualification', refunded: 'Closed Lost' }
        assert.deepEqual(row?.table, table, 'what is left empty is no part of it')
        assert.deepEqual(complaints, [])
        await context.close()
      })
      await stage.close()
    }).timeout(90_000)
  }
})
