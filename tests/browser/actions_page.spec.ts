import { test } from '@japa/runner'
import Connection from '#domain/connections/connection'
import { givenConnection, givenUser } from '#tests/support/app'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

test.group('the page of actions', () => {
  test('a form, a question, an answer', async ({ browserContext, assert }) => {
    const house = await givenShopToZoho({ records: 1 })
    const connection = await Connection.query()
      .where('tenantId', house.tenant.id)
      .where('connector', 'zoho_crm')
      .firstOrFail()
    const user = await givenUser({ tenant: house.tenant, role: 'builder' })
    const page = await signInAs(browserContext, user)
    await withTestRunners(async () => {
      await page.goto(`/t/${house.tenant.slug}/connections/${connection.id}/actions`)
      await byTest(page, 'empty').waitFor()
      await byTest(page, 'action-create_records').click()
      await page.locator('datalist option[value="Deals"]').waitFor({ state: 'attached' })
      await byTest(page, 'run-action').click()
      await byTest(page, 'confirm').click()
      await byTest(page, 'action-refused').waitFor()
      await page.getByText('Module is missing.').waitFor()

      await byTest(page, 'input-module').fill('Deals')
      const record = { Deal_Name: 'From the page', Stage: 'Qualification' }
      await byTest(page, 'input-records').fill(JSON.stringify(record))
      await byTest(page, 'run-action').click()
      await byTest(page, 'confirm').click()
      const result = byTest(page, 'action-result')
      await result.waitFor()
      assert.match(await result.innerText(), /1 call, 1 credit[\s\S]*"state": "created"/)
      assert.equal(await byTest(page, 'input-module').inputValue(), 'Deals')
      assert.deepEqual(await findBarriers(page), [])

      await byTest(page, 'action-get_record').click()
      assert.isFalse(await result.isVisible())
    })
    await house.close()
  }).timeout(60_000)

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`fits a phone, with and without actions: ${colorScheme}`, async ({ browser, assert }) => {
      const context = await browser.newContext({
        baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
        viewport: { width: 390, height: 844 },
        colorScheme,
      })
      const house = await givenShopToZoho({ records: 1 })
      const other = await givenConnection(house.tenant)
      const connections = await Connection.query().where('tenantId', house.tenant.id)
      const page = await signInAs(context, await givenUser())
      for (const { id, connector } of [...connections, other]) {
        const query = connector === 'zoho_crm' ? '?action=raw_request' : ''
        await page.goto(`/t/${house.tenant.slug}/connections/${id}/actions${query}`)
        await page.locator('h1').waitFor()
        const over: number = await page.evaluate(
          'document.documentElement.scrollWidth - window.innerWidth'
        )
        assert.isAtMost(over, 0, connector)
        assert.deepEqual(await findBarriers(page), [], connector)
      }
      await context.close()
      await house.close()
    }).timeout(60_000)
  }
})
