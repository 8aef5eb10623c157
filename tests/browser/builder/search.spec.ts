import type { Assert } from '@japa/assert'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { byTest } from '#tests/browser/support/sign_in_as'
import { lookAround } from '#tests/browser/support/look_around'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

const deal = (name: string, reference: string) => ({
  ...{ Deal_Name: name, Order_Ref: reference, Stage: 'Qualification' },
  Closing_Date: '2026-12-01',
})

/** Six orders; of the first there are two deals with its name, of the second one. */
async function givenTwins() {
  const house = await givenShopToZoho({ records: 6 })
  const made = house.simulator.edit({
    ...{ module: 'Deals', operation: 'create' },
    records: [
      ...[deal('Customer 1 SO-1', 'a'), deal('Customer 1 SO-1', 'b')],
      deal(' customer 2 so-2', 'c'),
    ],
  })
  if (made.some(({ status }) => status !== 'success')) throw new Error(JSON.stringify(made))
  const user = await givenUser({ tenant: house.tenant, role: 'builder' })
  return { house, user, path: `/t/${house.tenant.slug}/services/${house.service.id}` }
}

/** By the order's number and its sum, or else by its name; pairing what is written differently. */
async function describeSearch(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'By a search for the same values' }).focus()
  await page.keyboard.press('Space')
  await byTest(page, 'search-add').selectOption({ label: 'Order Ref' })
  await byTest(page, 'search-and-0').selectOption({ label: 'Amount' })
  await byTest(page, 'search-add').selectOption({ label: 'Deal Name' })
  await byTest(page, 'search-group-1').getByText('Else by').waitFor()
  await page
    .locator('[data-test="search-add"] option:checked')
    .getByText('choose a field')
    .waitFor({ state: 'attached' })
  await byTest(page, 'search-and-1').selectOption({ label: 'Stage' })
  await page.getByRole('button', { name: 'Do not compare Stage' }).press('Enter')
  await byTest(page, 'search-normalised').press('Space')
  await byTest(page, 'search-one').selectOption('skip')
  await byTest(page, 'search-many').selectOption('newest')
}

/** Looking for matches again costs as well. */
async function assertApplyIsPriced(page: Page, assert: Assert): Promise<void> {
  const card = await byTest(page, 'price').innerText()
  const price = /\d+/.exec(card)?.[0]
  await byTest(page, 'apply').click()
  const dialog = page.getByRole('dialog')
  assert.include(await dialog.innerText(), `It will cost about ${price} credits`)
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await dialog.waitFor({ state: 'detached' })
}

const MATCH = {
  ...{ by: 'search', any: [['Order_Ref', 'Amount'], ['Deal_Name']], normalised: true },
  ...{ one: 'skip', many: 'newest' },
}

test.group('Matching by a search in the builder', () => {
  for (const width of [1440, 390]) {
    test(`takes fields, pairing and what becomes of none, one and several: ${width} px`, async ({
      browser,
      assert,
      cleanup,
    }) => {
      const { house, user, path } = await givenTwins()
      cleanup(() => house.close())
      await withTestRunners(async () => {
        const { page, look, barriers, complaints, context } = await lookAround(browser, user, width)
        await page.goto(path)
        await byTest(page, 'edit-service').click()
        await byTest(page, 'step-matching').click()
        await describeSearch(page)
        await look('search')
        await byTest(page, 'step-review').click()
        await byTest(page, 'sound').waitFor()
        const said = await byTest(page, 'sentences').innerText()
        assert.include(said, 'searched for by Order_Ref with Amount, or else by Deal_Name')
        await look('search-review')
        await byTest(page, 'save-preview').click()
        await page.waitForURL('**/previews/*')
        await byTest(page, 'matched-many').getByText('Several times 1').waitFor()
        await byTest(page, 'matched-one').getByText('1').waitFor()
        await byTest(page, 'matched-none').getByText('4').waitFor()
        await look('search-preview')
        await assertApplyIsPriced(page, assert)
        if (width === 1440) {
          await page.locator('nav a[aria-current="page"]', { hasText: 'Services' }).waitFor()
        }
        await page.goto(path)
        await page.getByText('records found by a search for Order_Ref with Amount').waitFor()
        await house.service.refresh()
        const { definition } = await house.service.currentRevision()
        assert.deepEqual(definition.target.match, MATCH)
        assert.deepEqual(barriers, [])
        assert.deepEqual(complaints, [])
        await context.close()
      })
    }).timeout(120_000)
  }

  test('says what is missing where it stands', async ({ browser, assert, cleanup }) => {
    const { house, user, path } = await givenTwins()
    cleanup(() => house.close())
    await withTestRunners(async () => {
      const { page, look, barriers, context } = await lookAround(browser, user, 390)
      await page.goto(path)
      await byTest(page, 'edit-service').click()
      await byTest(page, 'step-matching').click()
      await page.getByRole('radio', { name: 'By a search for the same values' }).click()
      await byTest(page, 'step-review').click()
      await byTest(page, 'problems').waitFor()
      await byTest(page, 'step-matching').click()
      await byTest(page, 'search-match').getByText('Choose at least one field').waitFor()
      await look('search-empty')
      assert.deepEqual(barriers, [])
      await context.close()
    })
  }).timeout(90_000)
})
