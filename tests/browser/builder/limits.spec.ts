import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenUser } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

/** A number field keeps what is typed when it is left. */
async function type(page: Page, name: string, text: string) {
  const input = byTest(page, name)
    .locator('input')
    .or(page.locator(`input[data-test="${name}"]`))
  await input.first().fill(text)
  await input.first().press('Tab')
}

async function setLimits(page: Page) {
  await byTest(page, 'has-schedule').click()
  await byTest(page, 'policies').click()
  await byTest(page, 'add-pause').click()
  await byTest(page, 'pause-0-saturday').click()
  await byTest(page, 'pause-0-sunday').press('Enter')
  await byTest(page, 'add-changed-field').selectOption('Stage')
  await byTest(page, 'add-changed-field').selectOption('Amount')
  await byTest(page, 'changed-field-Amount').click()
  await byTest(page, 'filter').fill('Stage == "Closed Won"')
  await type(page, 'brake-changes-records', '100')
  await type(page, 'brake-rejects-percent', '12.5')
}

test.group('Limits of a service in the builder', () => {
  for (const [width, scheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    test(`brakes, pauses by day and changed fields at ${width}`, async ({ browser, assert }) => {
      await withTestRunners(async () => {
        const house = await givenZohoToZoho()
        const context = await browser.newContext({
          baseURL: baseUrl(),
          viewport: { width, height: 900 },
          colorScheme: scheme,
          timezoneId: 'America/New_York',
        })
        const user = await givenUser({ tenant: house.tenant, role: 'builder' })
        const page = await signInAs(context, user)
        const complaints = watchPage(page)
        await page.goto(`/t/${house.tenant.slug}/services/${house.service.id}`)
        await byTest(page, 'edit-service').click()
        await byTest(page, 'step-triggers').click()
        await setLimits(page)
        if (process.env.SHOTS) {
          const path = `${process.env.SHOTS}/limits-${scheme}-${width}.png`
          await page.screenshot({ path, fullPage: true })
        }
        assert.deepEqual(await findBarriers(page), [])
        await byTest(page, 'step-review').click()
        await byTest(page, 'sound').waitFor()
        const said = await byTest(page, 'sentences').innerText()
        assert.include(
          said,
          'It stops and asks before it creates or updates more than 100 records.'
        )
        assert.include(said, 'when it rejects more than 12.5 % of what it has there.')
        await byTest(page, 'save-enable').click()
        await page.getByText('is saved as revision 2').waitFor()
        await house.service.refresh()
        const { definition } = await house.service.currentRevision()
        assert.deepEqual(definition.brakes, {
          changes: { records: 100 },
          rejects: { percent: 12.5 },
        })
        const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
        assert.equal(definition.schedule?.timezone, 'America/New_York', 'of who wrote the hours')
        assert.deepEqual(definition.schedule?.blackout, [{ from: '22:00', until: '06:00', days }])
        assert.deepEqual(definition.trigger, { fields: ['Stage'] })
        assert.equal(definition.source.filter, 'Stage == "Closed Won"')
        assert.deepEqual(complaints, [])
        await context.close()
        await house.close()
      })
    }).timeout(90_000)
  }
})
