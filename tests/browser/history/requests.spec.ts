import { test } from '@japa/runner'
import AuditEvent from '#domain/audit/audit_event'
import { givenUser } from '#tests/support/app'
import { givenRequest } from '#tests/support/given_request'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'

const said = (text: string) => ({ bytes: text.length, text, because: null })

async function givenCalls() {
  const { run, tenant } = await givenRequest()
  for (let count = 0; count < 14; count += 1) await givenRequest({ batch: count }, run)
  const body = {
    query: [],
    sent: said('{"Amount":"12"}'),
    received: said('{"code":"INVALID_DATA"}'),
  }
  await givenRequest({ status: 400, isFailed: true, path: '/crm/v8/Leads' }, run, body)
  await run.merge({ requests: 16, requestsFailed: 1 }).save()
  return { run, tenant }
}

test.group('The requests of a run', () => {
  test('are paged and filtered by links, and one shows what was said', async ({
    browserContext,
    assert,
  }) => {
    const { run, tenant } = await givenCalls()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await page.goto(`/t/${tenant.slug}/runs/${run.id}`)
    const panel = byTest(page, 'requests')
    await panel.getByText('16 requests, 1 failed, 16 kept').waitFor()
    assert.equal(await panel.locator('[data-test="row"]').count(), 10)
    await panel.getByLabel('Next page').click()
    await page.waitForURL('**?requests=2')
    await panel.getByText('page 2 of 2').waitFor()
    assert.equal(await panel.locator('[data-test="row"]').count(), 6)

    await byTest(page, 'status-400').click()
    await page.waitForURL('**?status=400')
    await byTest(page, 'request-link').click()
    await page.waitForURL('**/requests/*')
    await page.getByText('INVALID_DATA').waitFor()
    assert.include(await byTest(page, 'said').first().innerText(), '"Amount": "12"')
    assert.isNotNull(await AuditEvent.query().where('action', 'request.seen').first())
  })

  test('say nothing of what was said to a viewer', async ({ browserContext, assert }) => {
    const { run, tenant } = await givenCalls()
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'viewer' }))
    await page.goto(`/t/${tenant.slug}/runs/${run.id}?status=failed`)
    await byTest(page, 'request-link').click()
    await byTest(page, 'body-hidden').waitFor()
    assert.notInclude(await page.content(), 'INVALID_DATA')
  })
})
