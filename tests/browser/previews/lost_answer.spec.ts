import { test } from '@japa/runner'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'

test.group('A preview whose answer is lost', () => {
  test('can be tried again, also where a proxy gave up', async ({ browserContext, cleanup }) => {
    const house = await givenShopToZoho({ records: 1, simulator: { seed: 9304 } })
    cleanup(() => house.close())
    const page = await signInAs(browserContext, await givenUser({ tenant: house.tenant }))
    const path = `/t/${house.tenant.slug}/services/${house.service.id}/preview`
    await page.route(`**${path}`, (route) =>
      'x-inertia-partial-data' in route.request().headers()
        ? route.fulfill({ status: 504, contentType: 'text/html', body: '<h1>Gateway timeout</h1>' })
        : route.continue()
    )
    await page.goto(path)
    await byTest(page, 'preview-lost').waitFor()
    await page.unroute(`**${path}`)
    await page.route(`**${path}`, (route) => route.abort())
    await page.getByRole('button', { name: 'Try again' }).click()
    await byTest(page, 'loading').waitFor({ state: 'detached' })
    await byTest(page, 'preview-lost').waitFor()
  })
})
