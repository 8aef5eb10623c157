import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { ALERT_KINDS } from '#domain/alerts/alert'
import AlertReceiver from '#domain/alerts/alert_receiver'
import { raiseAlert } from '#domain/alerts/raise_alert'
import type Tenant from '#domain/tenants/tenant'
import {
  givenConnection,
  givenDeadLetter,
  givenRun,
  givenService,
  givenTenant,
  givenUser,
} from '#tests/support/app'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'

const IN_TENANT = [
  ...['', '/services', '/services?show=archived', '/runs', '/alerts', '/credits', '/deliveries'],
  ...['/connections', '/connections/create', '/files'],
]

async function givenAlerts(tenant: Tenant): Promise<void> {
  const { id } = await givenUser({ tenant })
  const wants = [...ALERT_KINDS]
  await AlertReceiver.add(tenant, { kind: 'mail', address: 'ops@example.com', wants }, id)
  const address = 'https://hooks.example.com/secret'
  const deaf = await AlertReceiver.add(tenant, { kind: 'webhook', address, wants: ['failed'] }, id)
  await deaf.merge({ lastError: 'hooks.example.com answered 410' }).save()
  const service = await givenService(tenant)
  const subject = { noun: 'service' as const, id: service.id, name: service.name }
  const title = 'Runs fail: the token server refused the client, which it has never done before'
  const trouble = { tenantId: tenant.id, kind: 'failed' as const, cause: 'a', subject, title }
  await raiseAlert({ ...trouble, detail: 'check the client id' }, Date.now())
  await raiseAlert({ ...trouble, cause: 'b', detail: 'w'.repeat(300) }, Date.now())
}

async function givenPages(): Promise<string[]> {
  const tenant = await givenTenant('Full House')
  const empty = await givenTenant('Empty House')
  const service = await givenService(tenant)
  await givenConnection(tenant, {
    health: 'broken',
    healthMessage: 'Access denied: check user and password',
    checkedAt: DateTime.utc(),
  })
  for (let count = 0; count < 30; count += 1) await givenRun(service, { created: count })
  const run = await givenRun(service, { state: 'partial', created: 20_000, rejected: 1 })
  const failed = await givenRun(service, {
    state: 'failed',
    errorKind: 'config',
    errorMessage: 'The stream "order" does not exist: did you mean "orders"?',
  })
  const letter = await givenDeadLetter(run, { value: 'w'.repeat(300) })
  await givenAlerts(tenant)
  const of = (slug: string) => IN_TENANT.map((path) => `/t/${slug}${path}`)
  return [
    '/tenants',
    ...of(tenant.slug),
    ...of(empty.slug),
    `/t/${tenant.slug}/services/${service.id}`,
    `/t/${tenant.slug}/services/${service.id}/revisions/1`,
    `/t/${tenant.slug}/services/${service.id}/dead-letters`,
    `/t/${tenant.slug}/dead-letters/${letter.id}`,
    `/t/${tenant.slug}/runs/${run.id}`,
    `/t/${tenant.slug}/runs/${failed.id}`,
  ]
}

test.group('every page', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`fits a phone, keeps to its own host and lets everybody in: ${colorScheme}`, async ({
      browser,
      assert,
    }) => {
      const paths = await givenPages()
      const context = await browser.newContext({
        baseURL: `http://${process.env.HOST}:${process.env.PORT}`,
        viewport: { width: 390, height: 844 },
        colorScheme,
      })
      const page = await signInAs(context, await givenUser())
      const complaints = watchPage(page)

      for (const path of paths) {
        await page.goto(path)
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

  test('an address that leads nowhere is a page too', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    const answer = await page.goto('/nowhere')
    assert.equal(answer?.status(), 404)
    assert.equal(await page.locator('h1').innerText(), 'There is nothing here')
  })
})
