import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import type Run from '#domain/runs/run'
import { startRun } from '#domain/runs/start_run'
import { givenDeadLetter, givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import type { KeptBody } from '#workers/requests/request_note'
import { givenRequest } from '#tests/support/given_request'
import { baseUrl } from '#tests/support/base_url'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'

/** Three pages of calls, of which one was refused. */
async function givenRequests(run: Run) {
  for (let count = 0; count < 24; count += 1) {
    await givenRequest({ batch: count, path: `/crm/v8/Deals/upsert/${'part'.repeat(count)}` }, run)
  }
  await givenRequest({ status: null, error: 'UND_ERR_HEADERS_TIMEOUT', isFailed: true }, run)
  const text = JSON.stringify({ data: [{ Deal_Name: 'Ann', Stage: '(hidden)' }] })
  const side = { bytes: 90_000, text, because: 'cut' as const }
  const body = {
    query: [['page', '2']],
    sent: side,
    received: { ...side, because: null },
  } as KeptBody
  const { request } = await givenRequest({ status: 400, isFailed: true }, run, body)
  await run.merge({ requests: 1_000, requestsFailed: 2 }).save()
  return request
}

async function givenHistory() {
  const tenant = await givenTenant('Long Memory')
  const service = await givenService(tenant)
  for (let count = 0; count < 30; count += 1) {
    const queuedAt = DateTime.utc().minus({ hours: count + 1 })
    await givenRun(service, { created: count, queuedAt, startedAt: queuedAt })
  }
  const run = await givenRun(service, { state: 'partial', created: 900, rejected: 3 })
  const long = {
    code: 'TOO_LONG',
    field: 'Deal_Name',
    message: 'Deal_Name has 130 characters; 120 fit',
  }
  await givenDeadLetter(run, { ...long, sourceKey: 'A-7', value: 'w'.repeat(130) })
  await givenDeadLetter(run, { ...long, value: 'x'.repeat(140) })
  const letter = await givenDeadLetter(run)
  const request = await givenRequests(run)
  return { tenant, service, run, letter, request, empty: await givenTenant('Empty House') }
}

test.group('The pages of the history', () => {
  for (const [scheme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const) {
    test(`have no barrier in ${scheme} at ${width}`, async ({ browser, assert }) => {
      const { tenant, service, run, letter, request, empty } = await givenHistory()
      const context = await browser.newContext({
        baseURL: baseUrl(),
        colorScheme: scheme,
        viewport: { width, height: 900 },
      })
      const page = await signInAs(context, await givenUser())
      const complaints = watchPage(page)
      const own = `/t/${tenant.slug}`
      const pages = {
        runs: `${own}/runs?state=succeeded&longer=0&error=`,
        search: `${own}/runs?state=partial&record=A-7&from=2026-01-01T00:00:00.000Z`,
        none: `/t/${empty.slug}/runs`,
        run: `${own}/runs/${run.id}`,
        refused: `${own}/runs/${run.id}?status=400`,
        request: `${own}/requests/${request.id}`,
        letters: `${own}/services/${service.id}/dead-letters?code=TOO_LONG&field=Deal_Name`,
        letter: `${own}/dead-letters/${letter.id}`,
        edit: `${own}/dead-letters/${letter.id}/edit`,
        group: `${own}/services/${service.id}/letter-edits/create?code=TOO_LONG`,
        nothing: `/t/${tenant.slug}/services/${service.id}/letter-edits/create?code=NONE`,
        record: `${own}/records?key=A-7`,
        unknown: `${own}/records?key=B-9`,
        retention: `${own}/retention`,
      }
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path)
        await page.locator('h1').waitFor()
        if (process.env.SHOTS) {
          await page.screenshot({
            path: `${process.env.SHOTS}/${name}-${scheme}-${width}.png`,
            fullPage: true,
          })
        }
        assert.deepEqual(await findBarriers(page), [], `${name} ${scheme} ${width}`)
        const wide = await page.evaluate('document.documentElement.scrollWidth')
        assert.isAtMost(Number(wide), width, `${name} scrolls sideways`)
      }
      assert.deepEqual(complaints, [])
      await context.close()
    }).timeout(90_000)
  }

  test('filters are links, and chips take them away', async ({ browserContext, assert }) => {
    const { tenant } = await givenHistory()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await page.goto(`/t/${tenant.slug}/runs`)
    await byTest(page, 'older').click()
    await byTest(page, 'newer').and(page.locator(':not([disabled])')).waitFor()
    await byTest(page, 'filter-record').fill('A-7')
    await page.keyboard.press('Enter')
    await byTest(page, 'chip-record').waitFor()
    assert.lengthOf(await byTest(page, 'row').all(), 1)
    assert.include(page.url(), 'record=A-7')
    await byTest(page, 'chip-record').click()
    await byTest(page, 'chip-record').waitFor({ state: 'detached' })
    const download = page.waitForEvent('download')
    await byTest(page, 'run-file').click()
    const file = await download
    assert.match(file.suggestedFilename(), /^runs-.*\.csv$/)
  })

  test('a viewer is not offered to mend', async ({ browserContext, assert }) => {
    const { tenant, letter } = await givenHistory()
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'viewer' }))
    await page.goto(`/t/${tenant.slug}/dead-letters/${letter.id}`)
    await byTest(page, 'payload-hidden').waitFor()
    assert.equal(await byTest(page, 'edit-letter').count(), 0)
  })
})

test.group('Mending by hand', () => {
  test('from the cause to a record that arrived', async ({ browserContext, assert }) => {
    const house = await givenShopToZoho({ records: 10 })
    house.shop.exec("update orders set total = 'n/a' where id in (2, 5, 8)")
    const user = await givenUser({ tenant: house.tenant })
    await withTestRunners(async (dispatcher) => {
      const request = { trigger: 'manual' as const, requestedBy: null }
      const run = await untilOver(await startRun(house.service, request), dispatcher)
      const page = await signInAs(browserContext, user)
      await page.goto(`/t/${house.tenant.slug}/runs/${run.id}`)
      assert.include(await byTest(page, 'repair').innerText(), 'Write Amount as a number')
      await byTest(page, 'cause-letters').click()
      await byTest(page, 'letter-link').first().click()
      await byTest(page, 'edit-letter').click()
      await byTest(page, 'edit-total').fill('twelve')
      await byTest(page, 'send-edit').click()
      await page.getByText("'twelve' is not a decimal number").waitFor()
      assert.equal(await byTest(page, 'edit-total').inputValue(), 'twelve')
      await byTest(page, 'edit-total').fill('12.50')
      await byTest(page, 'send-edit').click()
      await page.locator('[data-test="status"][data-state="succeeded"]').first().waitFor()

      await page.goto(`/t/${house.tenant.slug}/services/${house.service.id}/dead-letters`)
      await byTest(page, 'edit-group').click()
      await byTest(page, 'group-value').fill('9.75')
      await byTest(page, 'send-edit').click()
      await page.getByText('Replay of 2 failed records').waitFor()
      await page.locator('[data-test="status"][data-state="succeeded"]').first().waitFor()
      await page.goto(`/t/${house.tenant.slug}/services/${house.service.id}/dead-letters`)
      await byTest(page, 'empty').waitFor()
    })
    await house.close()
  }).timeout(90_000)
})
