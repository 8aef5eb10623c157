import { test } from '@japa/runner'
import { givenService, givenTenant, givenUser } from '#tests/support/app'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'

test.group('navigation', () => {
  test('on a phone opens by a button and closes behind the choice', async ({ browser, assert }) => {
    const tenant = await givenTenant()
    const context = await browser.newContext({
      baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
      viewport: { width: 390, height: 844 },
    })
    const page = await signInAs(context, await givenUser({ tenant }))
    const complaints = watchPage(page)
    await page.goto('/')
    await byTest(page, 'open-navigation').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('link', { name: 'Services' }).click()
    await page.waitForURL('**/services')
    await dialog.waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('staff switch to another tenant, and see all of them', async ({ browserContext }) => {
    const from = await givenTenant('Switch From')
    const to = await givenTenant('Switch To')
    const page = await signInAs(browserContext, await givenUser())
    await page.goto(`/t/${from.slug}/runs`)
    await byTest(page, 'tenant-menu').first().click()
    await page.getByRole('menuitem', { name: 'Switch To' }).click()
    await page.waitForURL(`**/t/${to.slug}`)
    await byTest(page, 'tenant-menu').first().click()
    await page.getByRole('menuitem', { name: 'All tenants' }).click()
    await page.waitForURL('**/tenants')
  })

  test('staff make a tenant, whose slug is suggested by its name', async ({ browserContext }) => {
    const page = await signInAs(browserContext, await givenUser())
    await page.goto('/tenants')
    await byTest(page, 'new-tenant').first().click()
    await byTest(page, 'tenant-name').fill('Österreich & Söhne')
    await byTest(page, 'submit-tenant').click()
    await page.waitForURL('**/t/osterreich-sohne')
  })

  test('from the list to a service, its mapping and its revisions', async ({
    browserContext,
    assert,
  }) => {
    const tenant = await givenTenant()
    await givenService(tenant)
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await page.goto(`/t/${tenant.slug}/services`)
    await byTest(page, 'service-link').click()
    await page.getByRole('tab', { name: 'Mapping' }).click()
    await page
      .getByRole('table', { name: 'Mapping' })
      .getByText('source.customer + " #" + source.number')
      .waitFor()
    await page.getByRole('tab', { name: 'Revisions' }).click()
    assert.match(await byTest(page, 'revisions').innerText(), /Revision 1[\s\S]*kind: import/)
  })

  test('a viewer is offered nothing that their role may not do', async ({
    browserContext,
    assert,
  }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'viewer' }))
    await page.goto(`/t/${tenant.slug}/services/${service.id}`)
    await page.locator('h1').waitFor()
    assert.equal(await byTest(page, 'run-now').count(), 0)
    assert.equal(await byTest(page, 'preview').count(), 0)
  })
})
