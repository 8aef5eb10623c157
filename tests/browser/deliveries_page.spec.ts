import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { NO_ADDRESS } from '#domain/deliveries/keep_channel'
import { givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { givenChange, givenChannel, givenDelivery } from '#tests/support/given_channel'

async function givenNews() {
  const tenant = await givenTenant('Full House')
  const service = await givenService(tenant)
  const channel = await givenChannel(service, { refused: 2, echoes: 1, deletions: 3 })
  await givenChannel(service, { state: 'polling', fault: NO_ADDRESS, grantedUntil: null })
  await givenChannel(service, { grantedUntil: DateTime.utc().plus({ hours: 1 }) })
  for (let count = 0; count < 12; count += 1) await givenChange(channel, service)
  await givenChange(channel, service, 'deleted')
  for (let count = 0; count < 12; count += 1) await givenDelivery(channel)
  await givenDelivery(channel, { state: 'refused', fault: 'This is no notification.' })
  await givenRun(service, { trigger: 'webhook', onlyKeys: ['1'], updated: 1 })
  return tenant
}

test.group('the page of notifications', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`fits a phone, full and empty: ${colorScheme}`, async ({ browser, assert }) => {
      const context = await browser.newContext({
        baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
        viewport: { width: 390, height: 844 },
        colorScheme,
      })
      const empty = await givenTenant('Empty House')
      const full = await givenNews()
      const page = await signInAs(context, await givenUser())
      for (const { slug } of [empty, full]) {
        await page.goto(`/t/${slug}/deliveries`)
        await page.locator('h1').waitFor()
        const over: number = await page.evaluate(
          'document.documentElement.scrollWidth - window.innerWidth'
        )
        assert.isAtMost(over, 0, slug)
        assert.deepEqual(await findBarriers(page), [], slug)
      }
      await context.close()
    })
  }

  test('tells why a channel is not open, and what was deleted', async ({
    browserContext,
    assert,
  }) => {
    const tenant = await givenNews()
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'viewer' }))
    await page.goto(`/t/${tenant.slug}/deliveries`)
    assert.include(await byTest(page, 'channel-fault').innerText(), 'PUBLIC_URL')
    await byTest(page, 'short').waitFor()
    await page.goto(`/t/${tenant.slug}/deliveries?state=deleted`)
    assert.equal((await page.getByText('deleted', { exact: false }).count()) > 0, true)
    await page.getByRole('link', { name: 'Notifications' }).first().waitFor()
  })
})
