import { test } from '@japa/runner'
import Service from '#domain/services/service'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

test.group('The builder, from a template', () => {
  test('shows what does not fit at its rows, and saves once it is mended', async ({
    browserContext,
    assert,
  }) => {
    const stage = await givenShopToZoho({ records: 12 })
    await withTestRunners(async () => {
      const user = await givenUser({ tenant: stage.tenant, role: 'builder' })
      const page = await signInAs(browserContext, user)
      await page.goto(`/t/${stage.tenant.slug}/service-drafts/create`)
      await byTest(page, 'template-shop_orders_to_zoho_deals').click()
      await byTest(page, 'source-facts').waitFor()
      await byTest(page, 'step-review').click()
      await byTest(page, 'problems').getByText('customer_name').first().waitFor()
      await byTest(page, 'save-only').click()
      await byTest(page, 'problems').waitFor()
      assert.lengthOf(await Service.query().where('tenantId', stage.tenant.id), 1)

      await byTest(page, 'step-mapping').click()
      await byTest(page, 'edit-Deal_Name').click()
      await byTest(page, 'formula').fill('source.number + " " + source.customer')
      await byTest(page, 'row-trial').getByText('SO-1 Customer 1', { exact: true }).waitFor()
      await byTest(page, 'edit-Deal_Name').click()
      const rows = page.locator('[data-test^="row-"]').filter({ has: page.getByRole('alert') })
      const all = await rows.all()
      const wrong = await Promise.all(all.map((row) => row.getAttribute('data-test')))
      assert.isNotEmpty(wrong)
      for (const row of wrong) {
        await byTest(page, String(row).replace('row-', 'remove-')).click()
      }
      assert.deepEqual(await findBarriers(page), [])
      await byTest(page, 'step-review').click()
      await byTest(page, 'sound').waitFor()
      await byTest(page, 'save-only').click()
      await page.getByText('is saved as revision 1').waitFor()
    })
    const made = await Service.query()
      .where('tenantId', stage.tenant.id)
      .where('template', 'shop_orders_to_zoho_deals')
      .firstOrFail()
    assert.equal(made.state, 'paused')
    const { definition } = await made.currentRevision()
    const name = definition.mapping.find(({ to }) => to === 'Deal_Name')
    assert.equal(name?.formula, 'source.number + " " + source.customer')
    await stage.close()
  }).timeout(90_000)

  test('keeps a draft as one goes, over a reload and on the list', async ({
    browserContext,
    assert,
  }) => {
    const stage = await givenShopToZoho({ records: 3 })
    await withTestRunners(async () => {
      const user = await givenUser({ tenant: stage.tenant, role: 'builder' })
      const page = await signInAs(browserContext, user)
      await page.goto(`/t/${stage.tenant.slug}/service-drafts/create`)
      await byTest(page, 'begin-export').click()
      await byTest(page, 'service-name').fill('My Export')
      await page.getByText('Keeping…').waitFor()
      await page.getByText('Everything is kept').waitFor()
      await page.reload()
      assert.equal(await byTest(page, 'service-name').inputValue(), 'my-export')
      await page.goto(`/t/${stage.tenant.slug}/service-drafts/create`)
      await page.getByRole('link', { name: 'my-export' }).click()
      await byTest(page, 'discard').click()
      await byTest(page, 'confirm').click()
      await page.getByText('The draft is discarded.').waitFor()
    })
    await stage.close()
  }).timeout(60_000)
})
