import { test } from '@japa/runner'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Connection from '#domain/connections/connection'
import Consent from '#domain/connections/consent'
import { tenantFolder } from '#domain/connections/tenant_folder'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenConnection, givenTenant, givenUser } from '#tests/support/app'
import { withTestRunners } from '#tests/support/with_test_runners'

test.group('the form of a connection', () => {
  test('uploads a CSV file, tries it and saves it, by keyboard alone', async ({
    browserContext,
    assert,
  }) => {
    const tenant = await givenTenant()
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'builder' }))
    await withTestRunners(async () => {
      await page.goto(`/t/${tenant.slug}/connections/create?connector=csv`)
      await page.locator('[data-test="name"]:focus').waitFor()
      await page.keyboard.type('orders')
      const buffer = Buffer.from('id;total\n1;2\n')
      const file = { name: 'orders 2026.csv', mimeType: 'text/csv', buffer }
      await byTest(page, 'file').setInputFiles(file)
      await byTest(page, 'upload').press('Enter')
      await page.getByText('The file "orders 2026.csv" is uploaded.').waitFor()
      await byTest(page, 'test').press('Enter')
      await page.getByText('orders 2026.csv has 2 columns').waitFor()
      assert.equal(await byTest(page, 'name').inputValue(), 'orders')
      await byTest(page, 'save').press('Enter')
      await page.getByText('The connection "orders" is saved.').waitFor()
    })
    const connection = await Connection.query().where('tenantId', tenant.id).firstOrFail()
    assert.equal(connection.settings.file, 'orders 2026.csv')
  })

  test('shows errors at their fields and keeps a secret that is left empty', async ({
    browserContext,
    assert,
  }) => {
    const tenant = await givenTenant()
    const connection = await givenConnection(tenant, { name: 'shop' })
    await connection.sealSecrets({ password: 'a-very-secret-word' })
    await connection.save()
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'admin' }))
    await page.goto(`/t/${tenant.slug}/connections/${connection.id}/edit`)
    assert.equal(await byTest(page, 'secret-password').inputValue(), '')
    await byTest(page, 'setting-port').fill('many')
    await byTest(page, 'save').click()
    const port = page.getByLabel('Port')
    await page.getByText('Port must be a whole number.').waitFor()
    assert.equal(await port.getAttribute('aria-invalid'), 'true')
    await port.fill('3307')
    await byTest(page, 'name').fill('store')
    await byTest(page, 'save').click()
    await page.getByText('The connection "store" is saved.').waitFor()
    await connection.refresh()
    assert.equal(connection.settings.port, 3307)
    assert.deepEqual(await connection.secrets(), { password: 'a-very-secret-word' })
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`lets everybody in and fits a phone: ${colorScheme}`, async ({ browser, assert }) => {
      const tenant = await givenTenant()
      const user = await givenUser({ tenant, role: 'admin' })
      const { id } = await givenConnection(tenant)
      await writeFile(join(await tenantFolder(tenant.id), 'orders.csv'), 'id')
      const draft = { name: 'zoho', connector: 'zoho_crm', settings: {}, secrets: {} }
      const { consent } = await Consent.begin(
        tenant,
        { ...draft, signIn: 'consent', wishes: [] },
        { userId: user.id, sessionId: 'other', connectionId: id }
      )
      await consent.end('denied', null)
      const context = await browser.newContext({
        baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
        viewport: { width: 390, height: 844 },
        colorScheme,
      })
      const page = await signInAs(context, user)
      const complaints = watchPage(page)
      const form = (connector: string) => `/connections/create?connector=${connector}`
      const paths = [
        ...['/connections/create', form('zoho_crm'), form('mysql'), form('csv'), '/files'],
        ...[`/connections/${id}`, `/connections/${id}/edit`, `/consents/${consent.id}`],
      ]
      for (const path of paths) {
        await page.goto(`/t/${tenant.slug}${path}`)
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
})
