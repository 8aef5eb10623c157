import { test } from '@japa/runner'
import type { BrowserContext } from 'playwright'
import { raiseAlert } from '#domain/alerts/raise_alert'
import { givenDeadLetter, givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'

/** A house with one service, seen by its operator. */
async function givenHouse(context: BrowserContext) {
  const tenant = await givenTenant()
  const service = await givenService(tenant)
  const page = await signInAs(context, await givenUser({ tenant }))
  return { tenant, service, page, within: `/t/${tenant.slug}` }
}

test.group('What a page says', () => {
  test('an empty archive is not a house without services', async ({ browserContext, assert }) => {
    const { service, page, within } = await givenHouse(browserContext)
    await page.goto(`${within}/services?show=archived`)
    await page.getByText('The archive is empty').waitFor()
    await service.merge({ state: 'archived' }).save()
    await page.goto(`${within}/services`)
    await page.getByText('All services are archived').waitFor()
    assert.deepEqual(await findBarriers(page), [])
  })

  test('causes that are not shown are told of', async ({ browserContext, assert }) => {
    const { service, page, within } = await givenHouse(browserContext)
    const run = await givenRun(service, { state: 'partial', rejected: 9 })
    for (let count = 1; count <= 9; count += 1) {
      if (count === 9) {
        await page.goto(within)
        await byTest(page, 'attention').waitFor()
        assert.equal(await byTest(page, 'more-letters').count(), 0)
      }
      const field = `Field_${count}`
      await givenDeadLetter(run, { field, message: `${field}: it is not a date` })
    }
    await page.goto(within)
    await byTest(page, 'more-letters').waitFor()
    const text = await byTest(page, 'attention').innerText()
    assert.equal(text.match(/1 record did not arrive/g)?.length, 8)
    assert.equal(text.match(/Field_\d · Field_\d/), null)
    assert.deepEqual(await findBarriers(page), [])
  })

  test('a run that is over promises no calls', async ({ browserContext, assert }) => {
    const { service, page, within } = await givenHouse(browserContext)
    const run = await givenRun(service, { state: 'succeeded', unchanged: 3 })
    await page.goto(`${within}/runs/${run.id}`)
    await page.getByText('Nothing was sent').waitFor()
    const text = await page.locator('main').innerText()
    assert.notMatch(text, /No calls yet|No requests so far|Known when the run ends/)
  })

  test('a service says what it does without the words of its file', async ({
    browserContext,
    assert,
  }) => {
    const { service, page, within } = await givenHouse(browserContext)
    await service.merge({ template: 'web_leads_to_zoho_leads' }).save()
    await page.goto(`${within}/services/${service.id}`)
    await page.getByText('Web leads from a CSV file').waitFor()
    const text = await page.locator('main').innerText()
    assert.match(text, /creates what is new, updates what is there, found by \w+/)
    assert.notMatch(text, /upsert|web_leads/)
  })

  test('a sign-in that is not known is no matter of roles', async ({ browserContext, assert }) => {
    const { page } = await givenHouse(browserContext)
    await page.goto('/oauth/callback?state=made-up&code=1000.x.y')
    assert.equal(await page.locator('h1').innerText(), 'That is not allowed')
  })

  test('where nobody hears of alerts, none was told', async ({ browserContext, assert }) => {
    const { tenant, service, page, within } = await givenHouse(browserContext)
    const subject = { noun: 'service' as const, id: service.id, name: service.name }
    const trouble = { tenantId: tenant.id, kind: 'failed' as const, cause: 'a', subject }
    await raiseAlert({ ...trouble, title: 'Runs fail', detail: 'no answer' }, Date.now())
    await page.goto(`${within}/alerts`)
    const row = page.getByRole('row').filter({ hasText: 'Runs fail' })
    assert.match(await row.innerText(), /nobody/)
  })
})
