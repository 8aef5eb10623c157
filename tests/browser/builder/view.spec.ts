import { test } from '@japa/runner'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenUser } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

test.group('A view of a stream in the builder', () => {
  for (const [width, scheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    test(`is chosen, told and saved at ${width}`, async ({ browser, assert }) => {
      await withTestRunners(async () => {
        const house = await givenZohoToZoho()
        const context = await browser.newContext({
          baseURL: baseUrl(),
          viewport: { width, height: 900 },
          colorScheme: scheme,
        })
        const user = await givenUser({ tenant: house.tenant, role: 'builder' })
        const page = await signInAs(context, user)
        const complaints = watchPage(page)
        await page.goto(`/t/${house.tenant.slug}/services/${house.service.id}`)
        await byTest(page, 'edit-service').click()
        await byTest(page, 'step-source').click()
        await byTest(page, 'view').selectOption('Closed Won Deals')
        if (process.env.SHOTS) {
          const path = `${process.env.SHOTS}/view-${scheme}-${width}.png`
          await page.screenshot({ path, fullPage: true })
        }
        assert.deepEqual(await findBarriers(page), [])
        await byTest(page, 'step-review').click()
        await byTest(page, 'sound').waitFor()
        const said = await byTest(page, 'sentences').innerText()
        assert.include(said, 'It reads only what the view "Closed Won Deals" shows.')
        await byTest(page, 'save-enable').click()
        await page.getByText('is saved as revision 2').waitFor()
        await page.getByText('Only the view').waitFor()
        await house.service.refresh()
        const { definition } = await house.service.currentRevision()
        assert.equal(definition.source.view, 'Closed Won Deals')
        assert.deepEqual(complaints, [])
        await context.close()
        await house.close()
      })
    }).timeout(90_000)
  }
})
