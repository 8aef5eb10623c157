import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import Run from '#domain/runs/run'
import Service from '#domain/services/service'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenUser } from '#tests/support/app'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { givenZohoAndTables, type ZohoAndTables } from '#tests/support/zoho_and_tables'

const missing = await mariadbMissing()

async function openPage(browser: Browser, { tenant }: ZohoAndTables, width: number) {
  const context = await browser.newContext({
    baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
    viewport: { width, height: 900 },
    colorScheme: width < 500 ? 'dark' : 'light',
  })
  const page = await signInAs(context, await givenUser({ tenant, role: 'builder' }))
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

async function chooseEnds(page: Page) {
  await byTest(page, 'begin-export').click()
  await byTest(page, 'panel-kind').waitFor()
  await byTest(page, 'next').click()
  await byTest(page, 'source-connection').selectOption('zoho')
  await byTest(page, 'source-stream').selectOption('Contacts')
  await byTest(page, 'source-facts').waitFor()
  await byTest(page, 'duplicates').selectOption('last')
  await byTest(page, 'next').click()
  await byTest(page, 'target-connection').selectOption('warehouse')
}

/** By keyboard: what is pressed has the focus. */
async function makeTable(page: Page, look: (name: string) => Promise<void>) {
  await byTest(page, 'new-table').press('Enter')
  await byTest(page, 'table-form').waitFor()
  await byTest(page, 'table-name').fill('there')
  await byTest(page, 'column-Last_Name').fill('surname')
  await byTest(page, 'want-Owner').press(' ')
  await look('form')
  await byTest(page, 'make-table').press('Enter')
  await byTest(page, 'table-refusal').getByText('has a table named there already').waitFor()
  await look('refused')
  await byTest(page, 'table-name').fill('people')
  await byTest(page, 'table-name').press('Enter')
  await byTest(page, 'target-facts').waitFor()
  await look('made')
}

test.group('A new table in the builder', () => {
  for (const width of [1440, 390]) {
    test(`takes contacts that had nowhere to go: ${width} px`, async ({ browser, assert }) => {
      const house = await givenZohoAndTables()
      await house.sql('CREATE TABLE there (id INT PRIMARY KEY)')
      await house.person.createContacts([
        { Last_Name: 'Lovelace', First_Name: 'Ada' },
        { Last_Name: 'Turing', First_Name: 'Alan' },
      ])
      await withTestRunners(async (dispatcher) => {
        const { context, page, look, barriers, complaints } = await openPage(browser, house, width)
        await page.goto(`/t/${house.tenant.slug}/service-drafts/create`)
        await chooseEnds(page)
        await makeTable(page, look)
        await byTest(page, 'next').click()
        await byTest(page, 'from-surname').waitFor()
        await page.getByText('all fit').waitFor()
        assert.equal(await byTest(page, 'row-owner').count(), 0)
        await byTest(page, 'next').click()
        assert.isTrue(await byTest(page, 'match-id').isChecked())
        await byTest(page, 'step-review').click()
        await byTest(page, 'sound').waitFor()
        await page.getByText('the last one stands').waitFor()
        await byTest(page, 'save-enable').click()
        await page.getByText('is saved as revision 1').waitFor()
        await byTest(page, 'run-now').first().click()
        await page.waitForURL(/\/runs\//)
        const service = await Service.findByOrFail('tenantId', house.tenant.id)
        const { definition } = await service.currentRevision()
        assert.equal(definition.source.duplicates, 'last')
        const run = await Run.findByOrFail('serviceId', service.id)
        await untilOver(run, dispatcher)
        assert.deepInclude(run.counters, { created: 2, rejected: 0, failed: 0 })
        const rows = await house.sql('SELECT first_name, surname FROM people ORDER BY surname')
        assert.deepEqual(rows, [
          { first_name: 'Ada', surname: 'Lovelace' },
          { first_name: 'Alan', surname: 'Turing' },
        ])
        assert.deepEqual(barriers, [])
        assert.deepEqual(complaints, [])
        await context.close()
      })
      await house.close()
    })
      .timeout(120_000)
      .skip(missing !== null, missing ?? '')
  }
})
