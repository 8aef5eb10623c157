import { test } from '@japa/runner'
import type { BrowserContext, Page } from 'playwright'
import Authorization from '#domain/connections/authorization'
import Connection from '#domain/connections/connection'
import type Tenant from '#domain/tenants/tenant'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { givenZoho } from '#tests/functional/connections/given_zoho'
import type { GivenZoho } from '#tests/functional/connections/given_zoho'
import { givenTenant, givenUser } from '#tests/support/app'
import { withTestRunners } from '#tests/support/with_test_runners'

interface Scene {
  page: Page
  tenant: Tenant
  zoho: GivenZoho
}

async function play(
  browserContext: BrowserContext,
  options: Partial<SimulatorOptions>,
  act: (scene: Scene) => Promise<void>
) {
  const tenant = await givenTenant()
  const zoho = await givenZoho(options)
  const page = await signInAs(browserContext, await givenUser({ tenant, role: 'builder' }))
  try {
    await withTestRunners(() => act({ page, tenant, zoho }))
  } finally {
    await zoho.close()
  }
}

async function fillForm({ page, tenant, zoho }: Scene) {
  await page.goto(`/t/${tenant.slug}/connections`)
  await byTest(page, 'new-connection').click()
  await byTest(page, 'connector-zoho_crm').click()
  await byTest(page, 'name').fill('zoho')
  await byTest(page, 'advanced').click()
  await byTest(page, 'setting-accountsUrl').fill(zoho.simulator.url)
  await byTest(page, 'setting-uploadUrl').fill(zoho.simulator.url)
  await byTest(page, 'secret-clientId').fill(zoho.simulator.options.clientId)
  await byTest(page, 'secret-clientSecret').fill(zoho.simulator.options.clientSecret)
}

async function consent(scene: Scene) {
  await fillForm(scene)
  await byTest(scene.page, 'save').click()
  await scene.page.getByRole('button', { name: 'Accept' }).click()
}

const connectionsOf = (tenant: Tenant) => Connection.query().where('tenantId', tenant.id)

test.group('connecting in the browser', () => {
  test('by Accept makes a connection that works', async ({ browserContext, assert }) => {
    await play(browserContext, {}, async (scene) => {
      const { page, tenant, zoho } = scene
      await consent(scene)
      await page.waitForURL(`**/t/${tenant.slug}/connections/*`)
      await page.locator('[data-test="status"][data-state="ok"]').waitFor()
      await page.getByText(zoho.simulator.zgid).first().waitFor()
      assert.match(await byTest(page, 'held-scopes').innerText(), /ZohoCRM\.modules\.READ/)
      const [connection] = await connectionsOf(tenant)
      assert.property(await connection!.secrets(), 'refreshToken')
      const authorization = await Authorization.findOrFail(connection!.id)
      assert.equal(authorization.vendorUserName, 'Sim Admin')
      await byTest(page, 'check').click()
      await page.getByText('Connected to "Simulated Company"').first().waitFor()
    })
  })

  test('by Deny changes nothing, says so, and can be tried again', async ({
    browserContext,
    assert,
  }) => {
    await play(browserContext, {}, async (scene) => {
      const { page, tenant } = scene
      await fillForm(scene)
      await byTest(page, 'save').click()
      await page.getByRole('button', { name: 'Deny' }).click()
      await page.getByText('access was denied').waitFor()
      assert.lengthOf(await connectionsOf(tenant), 0)
      await byTest(page, 'try-again').click()
      await page.getByRole('button', { name: 'Accept' }).click()
      await page.waitForURL(`**/t/${tenant.slug}/connections/*`)
      assert.lengthOf(await connectionsOf(tenant), 1)
    })
  })

  test('with a wrong state is refused, and the secret stays here', async ({
    browserContext,
    assert,
  }) => {
    await play(browserContext, {}, async ({ page, tenant, zoho }) => {
      const answer = await page.goto('/oauth/callback?state=made-up&code=1000.x.y')
      assert.equal(answer?.status(), 403)
      await page.getByText('This sign-in is not known here').waitFor()
      assert.lengthOf(await connectionsOf(tenant), 0)
      assert.equal(zoho.calls('/oauth/v2/token'), 0)
    })
  })

  test('from a foreign accounts server sends it nothing', async ({ browserContext, assert }) => {
    const options = { location: 'eu', accountsServer: 'https://accounts.zoho.eu.example' }
    await play(browserContext, options, async (scene) => {
      await consent(scene)
      await scene.page.getByText('came back from a server that is not known').waitFor()
      assert.lengthOf(await connectionsOf(scene.tenant), 0)
      assert.equal(scene.zoho.calls('/oauth/v2/token'), 0)
    })
  })

  test('again with another org asks first, and replaces nothing before the yes', async ({
    browserContext,
    assert,
  }) => {
    await play(browserContext, {}, async (scene) => {
      const { page, tenant } = scene
      await consent(scene)
      await page.waitForURL(`**/t/${tenant.slug}/connections/*`)
      const [before] = await connectionsOf(tenant)
      const signInAgain = async () => {
        await page.goto(`/t/${tenant.slug}/connections/${before!.id}/edit`)
        await page.getByRole('radio', { name: 'In the browser' }).click()
        await byTest(page, 'save').click()
        await page.getByRole('radio', { name: /Other Company/ }).check()
        await page.getByRole('button', { name: 'Accept' }).click()
      }
      await signInAgain()
      const question = byTest(page, 'other-account')
      assert.match(await question.innerText(), /Simulated Company[\s\S]*Other Company/)
      const [meanwhile] = await connectionsOf(tenant)
      assert.equal(meanwhile!.sealedSecrets, before!.sealedSecrets)
      await byTest(page, 'keep-account').click()
      await page.waitForURL(`**/connections/${before!.id}`)

      await signInAgain()
      await byTest(page, 'accept-account').click()
      await page.getByText('now belongs to the other account').waitFor()
      const [after] = await connectionsOf(tenant)
      assert.equal(after!.account, 'Other Company')
      assert.notEqual(after!.identity, before!.identity)
    })
  })
})
