import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import { queueRun } from '#domain/runs/start_run'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

async function openPage(browser: Browser, stage: ShopToZoho, width: number) {
  const context = await browser.newContext({
    baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
    viewport: { width, height: 900 },
    colorScheme: width < 500 ? 'dark' : 'light',
  })
  const page = await signInAs(context, await givenUser({ tenant: stage.tenant, role: 'builder' }))
  const barriers: string[] = []
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

/** From the page of a service that writes to the preview of one that deletes. */
async function makeItDelete(page: Page, look: (name: string) => Promise<void>) {
  await byTest(page, 'edit-service').press('Enter')
  await byTest(page, 'step-matching').press('Enter')
  await byTest(page, 'operation').selectOption('delete')
  await byTest(page, 'delete-warning').getByText('more than 100 records').waitFor()
  await look('matching')
  await byTest(page, 'step-mapping').press('Enter')
  await byTest(page, 'edit-Order_Ref').waitFor()
  await look('mapping')
  const others = await byTest(page, 'edit-Stage').count()
  await byTest(page, 'step-review').press('Enter')
  await byTest(page, 'sound').waitFor()
  await look('review')
  const sentences = await byTest(page, 'sentences').innerText()
  await byTest(page, 'save-preview').click()
  await page.waitForURL('**/previews/*')
  return { others, sentences }
}

test.group('The builder of a service that deletes', () => {
  for (const width of [1440, 390]) {
    test(`warns, asks for no mapping, and shows what would go: ${width} px`, async ({
      browser,
      assert,
    }) => {
      const stage = await givenShopToZoho({ records: 12 })
      await withTestRunners(async (dispatcher) => {
        const { context, page, look, barriers, complaints } = await openPage(browser, stage, width)
        const first = await queueRun(stage.service, { trigger: 'manual', requestedBy: null })
        await untilOver(first, dispatcher)
        await page.goto(`/t/${stage.tenant.slug}/services/${stage.service.id}`)
        const { others, sentences } = await makeItDelete(page, look)
        assert.equal(others, 0)
        assert.match(sentences, /deletes records of Deals in zoho/)
        assert.notInclude(sentences, 'It fills')
        await byTest(page, 'count-delete').getByText('12').waitFor()
        await page.getByText('The whole record goes').first().waitFor()
        await look('preview')
        await byTest(page, 'apply').click()
        await page.getByText('to delete').waitFor()
        await look('apply')
        await byTest(page, 'confirm').click()
        await page.waitForURL('**/runs/*')
        await page.locator('[data-test="status"][data-state="succeeded"]').waitFor()
        await byTest(page, 'count-deleted').getByText('12').waitFor()
        await look('run')
        assert.equal(stage.simulator.stats().modules.Deals.records, 0)
        assert.deepEqual(barriers, [])
        assert.deepEqual(complaints, [])
        await context.close()
      })
      await stage.close()
    }).timeout(120_000)
  }
})
