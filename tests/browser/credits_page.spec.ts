import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Schedule from '#domain/services/schedule'
import {
  givenConnection,
  givenRun,
  givenService,
  givenTenant,
  givenUser,
  unique,
} from '#tests/support/app'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenSpent } from '#tests/support/credits'

/** A tenant whose account is nearly used up, with a run that waits for it. */
async function givenScarcity() {
  const tenant = await givenTenant('Scarce')
  const zoho = await givenConnection(tenant, {
    ...{ name: 'zoho', connector: 'zoho_crm', settings: {}, identity: unique('org') },
    limits: { concurrency: 20, dailyCredits: 5000 },
  })
  const service = await givenService(tenant, { targetConnectionId: zoho.id })
  const past = await givenRun(service, { creditsSpent: 240, created: 2400 })
  for (let hour = 0; hour < 23; hour += 1) {
    await givenSpent(zoho, 60 + ((hour * 97) % 200), hour * 60 + 5, past.id)
  }
  for (let day = 2; day < 30; day += 1) await givenSpent(zoho, 2000 + day * 40, day * 1440, past.id)
  await givenSpent(zoho, 40, 20)
  const run = await givenRun(service, {
    ...{ state: 'queued', startedAt: null, finishedAt: null },
    notBefore: DateTime.utc().plus({ hours: 2 }),
    waitReason:
      '"zoho" has 640 of 5,000 credits left, this run needs about 240, and 500 are kept in reserve',
  })
  const startsAt = DateTime.utc().plus({ minutes: 30 })
  await Schedule.create({
    ...{ tenantId: tenant.id, serviceId: service.id, startsAt, nextDueAt: startsAt },
    definition: { every: 120, unit: 'minutes' },
  })
  return { tenant, service, run, zoho }
}

test.group('credits', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`fit a phone and let everybody in: ${colorScheme}`, async ({ browser, assert }) => {
      const { tenant, service, run } = await givenScarcity()
      const bare = await givenTenant('Bare')
      const paths = [
        '/credits',
        `/t/${tenant.slug}/credits`,
        `/t/${bare.slug}/credits`,
        `/t/${tenant.slug}/runs/${run.id}`,
        `/t/${tenant.slug}/services/${service.id}`,
      ]
      const context = await browser.newContext({
        baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
        viewport: { width: 390, height: 844 },
        colorScheme,
      })
      const page = await signInAs(context, await givenUser())
      const complaints = watchPage(page)
      for (const path of paths) {
        await page.goto(path)
        await page.locator('h1').waitFor()
        const over: number = await page.evaluate(
          'document.documentElement.scrollWidth - window.innerWidth'
        )
        assert.isAtMost(over, 0, `${path} scrolls sideways`)
        assert.deepEqual(await findBarriers(page), [], path)
      }
      assert.deepEqual(complaints, [])
      await context.close()
    })
  }

  test('can be limited, and a run can be started all the same', async ({
    browserContext,
    assert,
  }) => {
    const { tenant, run, zoho } = await givenScarcity()
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'builder' }))
    await page.goto(`/t/${tenant.slug}/credits`)
    await page.locator('[data-test=span-month]').click()
    assert.equal(await page.locator('[data-test=chart] tbody tr').count(), 30)
    await page.locator('[data-test=credit-limits]').click()
    await page.locator('[data-test=credits-per-day]').fill('8000')
    await page.locator('[data-test=reserve-percent]').fill('5')
    await page.locator('[data-test=save-limits]').click()
    await page.getByText('of 8,000 credits left').waitFor()
    await zoho.refresh()
    assert.equal(zoho.reservePercent, 5)

    await run.merge({ notBefore: DateTime.utc().plus({ hours: 1 }), waitReason: 'Too few' }).save()
    await page.goto(`/t/${tenant.slug}/runs/${run.id}`)
    await page.locator('[data-test=use-reserve]').click()
    await page.locator('[data-test=wait]').waitFor({ state: 'detached' })
    await run.refresh()
    assert.isTrue(run.usesReserve)
  })
})
