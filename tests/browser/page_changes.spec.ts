import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import { baseUrl } from '#tests/support/base_url'
import { givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'

const PHONE = { width: 390, height: 844 }

/** A house with one run, seen by its operator from Berlin. */
async function givenHouse(browser: Browser, viewport = { width: 1440, height: 900 }) {
  const tenant = await givenTenant()
  const service = await givenService(tenant)
  await givenRun(service, { state: 'succeeded', unchanged: 3, trigger: 'webhook' })
  const context = await browser.newContext({
    baseURL: baseUrl(),
    viewport,
    timezoneId: 'Europe/Berlin',
  })
  const page = await signInAs(context, await givenUser({ tenant, role: 'builder' }))
  return { context, page, service, within: `/t/${tenant.slug}` }
}

const heading = (page: Page, name: string) =>
  page.locator('h1:focus').filter({ hasText: name }).waitFor()

test.group('A change of pages', () => {
  test('leads the focus to the heading of the new page', async ({ browser, assert, cleanup }) => {
    const { context, page, service, within } = await givenHouse(browser)
    cleanup(() => context.close())
    await page.goto(`${within}/services`)
    await byTest(page, 'service-link').press('Enter')
    await heading(page, service.name)
    await page.keyboard.press('Tab')
    await page.locator('main a:focus, main button:focus').waitFor()
    await page.getByRole('link', { name: 'Execution history' }).press('Enter')
    await heading(page, 'Execution history')
    await page.goBack()
    await heading(page, service.name)
    assert.deepEqual(await findBarriers(page), [])
  })

  test('leaves the focus to a field that asks for it', async ({ browser, cleanup }) => {
    const { context, page, within } = await givenHouse(browser)
    cleanup(() => context.close())
    await page.goto(`${within}/connections/create`)
    await byTest(page, 'connector-sqlite').press('Enter')
    await page.locator('[data-test="name"]:focus').waitFor()
  })

  test('a page that is opened begins at the skip link', async ({ browser, assert, cleanup }) => {
    const { context, page, within } = await givenHouse(browser)
    cleanup(() => context.close())
    await page.goto(`${within}/services`)
    await byTest(page, 'service-link').waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.locator(':focus').innerText(), 'Skip to content')
    await page.keyboard.press('Enter')
    await page.locator('#content:focus').waitFor()
  })

  test('from the menu of a phone leads to the heading too', async ({ browser, cleanup }) => {
    const { context, page, within } = await givenHouse(browser, PHONE)
    cleanup(() => context.close())
    await page.goto(within)
    await byTest(page, 'open-navigation').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('link', { name: 'Services' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await heading(page, 'Services')
    await byTest(page, 'open-navigation').click()
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[data-test="open-navigation"]:focus').waitFor()
  })
})

test.group('A time', () => {
  test('is told with its zone, once and where there is one', async ({
    browser,
    assert,
    cleanup,
  }) => {
    const { context, page, within } = await givenHouse(browser)
    cleanup(() => context.close())
    await page.goto(`${within}/runs`)
    await page.getByText('Times are in Europe/Berlin').waitFor()
    assert.equal(await byTest(page, 'zone').count(), 1)
    assert.match(await byTest(page, 'row').innerText(), /Notification, revision 1/)
    await page.getByRole('link', { name: 'Connections' }).click()
    await byTest(page, 'new-connection').first().click()
    await page.getByRole('heading', { name: 'New connection' }).waitFor()
    await byTest(page, 'zone').waitFor({ state: 'detached' })
  })
})
