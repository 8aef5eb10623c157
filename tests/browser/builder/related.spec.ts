import { test } from '@japa/runner'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenUser } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

test.group('What hangs on records, in the builder', () => {
  for (const [width, scheme] of [
    [1440, 'dark'],
    [390, 'light'],
  ] as const) {
    test(`is a source and no target, and starts by no change, at ${width}`, async ({
      browser,
      assert,
      cleanup,
    }) => {
      await withTestRunners(async () => {
        const house = await givenZohoToZoho()
        cleanup(() => house.close())
        await house.person.create(3)
        const context = await browser.newContext({
          baseURL: baseUrl(),
          viewport: { width, height: 900 },
          colorScheme: scheme,
        })
        cleanup(() => context.close())
        const user = await givenUser({ tenant: house.tenant, role: 'builder' })
        const page = await signInAs(context, user)
        const complaints = watchPage(page)
        await page.goto(`/t/${house.tenant.slug}/services/${house.service.id}`)
        await byTest(page, 'edit-service').click()
        await byTest(page, 'step-target').click()
        await byTest(page, 'target-stream')
          .locator('option', { hasText: 'Deals' })
          .first()
          .waitFor({
            state: 'attached',
          })
        const targets = await byTest(page, 'target-stream').locator('option').allInnerTexts()
        assert.isEmpty(targets.filter((text) => text.includes('Deals.')))
        await byTest(page, 'step-source').click()
        await byTest(page, 'source-stream').selectOption('Deals.Notes')
        await byTest(page, 'source-facts').waitFor()
        if (process.env.SHOTS) {
          const path = `${process.env.SHOTS}/related-${scheme}-${width}.png`
          await page.screenshot({ path, fullPage: true })
        }
        assert.deepEqual(await findBarriers(page), [])
        await byTest(page, 'step-review').click()
        await page
          .getByText('Deals: notes has no time by which changes could be found')
          .first()
          .waitFor()
        assert.deepEqual(complaints, [])
      })
    }).timeout(180_000)
  }
})
