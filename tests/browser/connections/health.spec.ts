import { test } from '@japa/runner'
import type { BrowserContext, Page } from 'playwright'
import Authorization from '#domain/connections/authorization'
import { checkConnection } from '#domain/connections/check_connection'
import type Connection from '#domain/connections/connection'
import type Tenant from '#domain/tenants/tenant'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { givenZoho, givenZohoConnection } from '#tests/functional/connections/given_zoho'
import { givenService, givenTenant, givenUser, unique } from '#tests/support/app'
import { withTestRunners } from '#tests/support/with_test_runners'

interface Scene {
  page: Page
  tenant: Tenant
  connection: Connection
  service: string
}

async function withService(context: BrowserContext, act: (scene: Scene) => Promise<void>) {
  const tenant = await givenTenant()
  const zoho = await givenZoho({ refreshToken: unique('1000.token'), clientId: unique('1000.C') })
  const connection = await givenZohoConnection(tenant, zoho)
  const page = await signInAs(context, await givenUser({ tenant, role: 'builder' }))
  try {
    await withTestRunners(async () => {
      await checkConnection(connection)
      const service = await givenService(tenant)
      await service.merge({ targetConnectionId: connection.id }).save()
      await act({ page, tenant, connection, service: service.name })
    })
  } finally {
    await zoho.close()
  }
}

test.group('the page of a connection', () => {
  test('names missing scopes and who needs them, and grants them', async ({
    browserContext,
    assert,
  }) => {
    await withService(browserContext, async ({ page, tenant, connection, service }) => {
      const authorization = await Authorization.findOrFail(connection.id)
      await authorization
        .merge({ scopes: ['ZohoCRM.org.READ', 'ZohoCRM.modules.leads.ALL'] })
        .save()
      await page.goto(`/t/${tenant.slug}/connections/${connection.id}`)
      const missing = await byTest(page, 'missing-scopes').innerText()
      assert.include(missing, `ZohoCRM.modules.deals.CREATE · needed by ${service}`)
      assert.deepEqual(await findBarriers(page), [])

      await byTest(page, 'grant').click()
      await page.getByRole('button', { name: 'Accept' }).waitFor()
      const asked = await page.getByRole('listitem').allInnerTexts()
      assert.includeMembers(asked, ['ZohoCRM.modules.leads.ALL', 'ZohoCRM.modules.deals.UPDATE'])
      await page.getByRole('button', { name: 'Accept' }).click()
      await page.waitForURL(`**/connections/${connection.id}`)
      await byTest(page, 'held-scopes').getByText('ZohoCRM.modules.deals.UPDATE').waitFor()
      assert.equal(await byTest(page, 'missing-scopes').count(), 0)
      const row = byTest(page, 'row').filter({ hasText: 'authorized' })
      assert.match(await row.innerText(), /signed in by consent; old right: revoked/)
    })
  })

  test('shows what the vendor told, and is not deleted while a service uses it', async ({
    browserContext,
    assert,
  }) => {
    await withService(browserContext, async ({ page, tenant, connection, service }) => {
      await page.goto(`/t/${tenant.slug}/connections`)
      await byTest(page, 'connection-link').filter({ hasText: 'zoho' }).first().click()
      await page.getByText('enterprise', { exact: true }).waitFor()
      await page.getByText('Simulated Company', { exact: true }).waitFor()
      assert.match(await byTest(page, 'credits-left').innerText(), /of 100,000/)
      await byTest(page, 'delete').click()
      await byTest(page, 'confirm').click()
      await page.getByText(`The connection "zoho" is used by "${service}"`).waitFor()
      assert.match(page.url(), new RegExp(`/connections/${connection.id}$`))
    })
  })

  test('offers a viewer nothing to change', async ({ browserContext, assert }) => {
    await withService(browserContext, async ({ tenant, connection }) => {
      const context = await browserContext.browser()!.newContext({
        baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
      })
      const page = await signInAs(context, await givenUser({ tenant, role: 'viewer' }))
      await page.goto(`/t/${tenant.slug}/connections/${connection.id}`)
      await page.locator('h1').waitFor()
      for (const name of ['check', 'edit', 'delete', 'grant']) {
        assert.equal(await byTest(page, name).count(), 0, name)
      }
      await context.close()
    })
  })
})
