import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import Draft from '#domain/services/draft'
import Run from '#domain/runs/run'
import Service from '#domain/services/service'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenTenant, givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

async function openPage(browser: Browser, stage: ShopToZoho, width: number) {
  const context = await browser.newContext({
    baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
    viewport: { width, height: 900 },
    colorScheme: width < 500 ? 'dark' : 'light',
  })
  const user = await givenUser({ tenant: stage.tenant, role: 'builder' })
  const page = await signInAs(context, user)
  const barriers: string[] = []
  /** What a step keeps from people, and whether it scrolls sideways. */
  const look = async (name: string) => {
    await page.mouse.move(0, 0)
    const over: number = await page.evaluate(
      'document.documentElement.scrollWidth - window.innerWidth'
    )
    if (over > 0) barriers.push(`${name} scrolls sideways`)
    const found = await findBarriers(page)
    barriers.push(...found.map((barrier) => `${name}: ${barrier}`))
  }
  return { context, page, look, barriers, complaints: watchPage(page) }
}

async function chooseEnds(page: Page, look: (name: string) => Promise<void>) {
  await byTest(page, 'begin-import').click()
  await byTest(page, 'panel-kind').waitFor()
  await look('kind')
  await byTest(page, 'next').click()
  await byTest(page, 'source-connection').selectOption('shop')
  await byTest(page, 'source-stream').selectOption('orders')
  await byTest(page, 'source-facts').waitFor()
  await byTest(page, 'filter').fill('id < 20')
  await look('source')
  await byTest(page, 'next').click()
  await byTest(page, 'target-connection').selectOption('zoho')
  await byTest(page, 'target-stream').selectOption('Deals')
  await byTest(page, 'target-facts').waitFor()
  await look('target')
  await byTest(page, 'next').click()
}

async function fillRows(page: Page, look: (name: string) => Promise<void>) {
  await byTest(page, 'from-Order_Ref').waitFor()
  await byTest(page, 'fill-Deal_Name').click()
  await byTest(page, 'origin').selectOption('formula')
  await byTest(page, 'formula').pressSequentially('source.cust')
  await page.getByRole('option', { name: 'source.customer' }).waitFor()
  await byTest(page, 'formula').press('Enter')
  await byTest(page, 'formula').pressSequentially(' + source.nmber')
  await page.getByText("There is no source field 'nmber' at position").first().waitFor()
  await look('formula')
  await byTest(page, 'formula').fill('upper(source.customer) + " " + source.number')
  await byTest(page, 'row-trial').getByText('CUSTOMER 1 SO-1', { exact: true }).waitFor()
  await byTest(page, 'edit-Stage').click()
  await byTest(page, 'origin').selectOption('when')
  await byTest(page, 'condition-0').fill('source.status == "paid"')
  await byTest(page, 'condition-value-0').selectOption('Closed Won')
  await byTest(page, 'live').getByText('Stage must have a value').first().waitFor()
  await byTest(page, 'default').selectOption('Qualification')
  await byTest(page, 'live').getByText('Qualification').first().waitFor()
  await page.getByText('all fit').waitFor()
  await look('mapping')
}

test.group('The builder', () => {
  for (const width of [1440, 390]) {
    test(`makes an import from nothing, previews and runs it: ${width} px`, async ({
      browser,
      assert,
    }) => {
      const stage = await givenShopToZoho({ records: 30 })
      await withTestRunners(async (dispatcher) => {
        const { context, page, look, barriers, complaints } = await openPage(browser, stage, width)
        await page.goto(`/t/${stage.tenant.slug}/services`)
        await byTest(page, 'new-service').click()
        await byTest(page, 'begin-import').waitFor()
        await look('create')
        await chooseEnds(page, look)
        await fillRows(page, look)
        await byTest(page, 'next').click()
        assert.isTrue(await byTest(page, 'match-Order_Ref').isChecked())
        await look('matching')
        await byTest(page, 'next').click()
        await byTest(page, 'has-schedule').click()
        await byTest(page, 'schedule-kind').selectOption('weekly')
        await byTest(page, 'slots').locator('li').nth(9).waitFor()
        await byTest(page, 'policies').click()
        await page.getByLabel('Spread over so many minutes').fill('15')
        await page.getByLabel('Spread over so many minutes').blur()
        await byTest(page, 'spread').getByText('Plus up to 15 minutes').waitFor()
        await look('triggers')
        await byTest(page, 'has-schedule').click()
        await byTest(page, 'next').click()
        await byTest(page, 'sound').waitFor()
        await look('review')
        await byTest(page, 'note').fill('the first')
        await byTest(page, 'save-preview').click()
        await page.waitForURL(/\/preview/)
        await byTest(page, 'row').first().waitFor()
        const service = await Service.query()
          .where('tenantId', stage.tenant.id)
          .where('name', 'orders-to-deals-2')
          .firstOrFail()
        await page.goto(`/t/${stage.tenant.slug}/services/${service.id}`)
        await byTest(page, 'run-now').first().click()
        await page.waitForURL(/\/runs\//)
        const run = await Run.query().where('serviceId', service.id).firstOrFail()
        await untilOver(run, dispatcher)
        assert.deepInclude(run.counters, { created: 19, rejected: 0, failed: 0 })
        assert.lengthOf(await Draft.query().where('tenantId', stage.tenant.id), 0)
        assert.deepEqual(barriers, [])
        assert.deepEqual(complaints, [])
        await context.close()
      })
      await stage.close()
    }).timeout(120_000)
  }

  test('changes a service by keyboard, and keeps what the form does not show', async ({
    browser,
    assert,
  }) => {
    const stage = await givenShopToZoho({ records: 5, route: 'upsert' })
    await withTestRunners(async () => {
      const { context, page } = await openPage(browser, stage, 1440)
      const before = await stage.service.currentRevision()
      await page.goto(`/t/${stage.tenant.slug}/services/${stage.service.id}`)
      await byTest(page, 'edit-service').press('Enter')
      await byTest(page, 'step-mapping').press('Enter')
      await byTest(page, 'edit-Amount').press('Enter')
      await byTest(page, 'check-min').fill('0')
      await byTest(page, 'check-format').selectOption('phone')
      await byTest(page, 'step-review').press('Enter')
      await byTest(page, 'sound').waitFor()
      await byTest(page, 'save-enable').press('Enter')
      await page.getByText('is saved as revision 2').waitFor()
      await stage.service.refresh()
      const { definition } = await stage.service.currentRevision()
      const { mapping, ...rest } = before.definition
      const { mapping: changed, ...same } = definition
      assert.deepEqual(same, rest)
      assert.deepEqual(
        changed,
        mapping.map((row) =>
          row.to === 'Amount' ? { ...row, check: { min: 0, format: 'phone' } } : row
        )
      )
      await context.close()
    })
    await stage.close()
  }).timeout(90_000)

  test('is there for builders only, and tells an empty tenant what it needs', async ({
    browserContext,
    assert,
  }) => {
    const tenant = await givenTenant()
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'operator' }))
    await page.goto(`/t/${tenant.slug}/services`)
    await page.locator('h1').waitFor()
    assert.equal(await byTest(page, 'new-service').count(), 0)
    await page.goto(`/t/${tenant.slug}/service-drafts/create`)
    assert.match(await page.locator('main').innerText(), /this needs builder/)
    await byTest(page, 'new-service').waitFor({ state: 'detached' })
  })
})
