import { test } from '@japa/runner'
import type { Page, Route } from 'playwright'
import { startDraft } from '#domain/services/draft_start'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { givenTenant, givenUser } from '#tests/support/app'

const REFUSAL = 'This is larger than a service can be'

/** A draft whose keeping is answered by `answer`; time is the test's. */
async function givenBuilder(page: Page, path: string, answer: (route: Route) => Promise<void>) {
  let asked = 0
  await page.route(`**${path}`, (route) => {
    if (route.request().method() !== 'PUT') return route.continue()
    asked += 1
    return answer(route)
  })
  await page.goto(path)
  await byTest(page, 'panel-kind').waitFor()
  await page.clock.install()
  return {
    asked: () => asked,
    async type(): Promise<void> {
      await page.getByRole('radio', { name: 'Export' }).click()
      await page.clock.runFor(1000)
    },
  }
}

test.group('A draft that is not kept', () => {
  const refusals = {
    'a sentence': (route: Route) => route.fulfill({ json: { ok: false, message: REFUSAL } }),
    'its end': (route: Route) => route.fulfill({ status: 404, json: { message: REFUSAL } }),
  }
  for (const [what, answer] of Object.entries(refusals)) {
    test(`says why, and is not sent again: ${what}`, async ({ browserContext, assert }) => {
      const tenant = await givenTenant()
      const user = await givenUser({ tenant, role: 'builder' })
      const draft = await startDraft(tenant, { template: null, kind: 'import' }, user.id)
      const page = await signInAs(browserContext, user)
      const path = `/t/${tenant.slug}/service-drafts/${draft.id}`
      const builder = await givenBuilder(page, path, answer)
      await builder.type()
      await page.getByText(`Not kept. ${REFUSAL}`).waitFor()
      await page.clock.runFor(30_000)
      assert.equal(builder.asked(), 1)
    })
  }

  test('is kept by itself after signing in elsewhere', async ({ browserContext, assert }) => {
    const tenant = await givenTenant()
    const user = await givenUser({ tenant, role: 'builder' })
    const draft = await startDraft(tenant, { template: null, kind: 'import' }, user.id)
    const page = await signInAs(browserContext, user)
    const path = `/t/${tenant.slug}/service-drafts/${draft.id}`
    const builder = await givenBuilder(page, path, (route) => route.continue())
    await browserContext.clearCookies()
    await builder.type()
    await page.getByText('Not kept. You are signed out.').waitFor()
    await signInAs(browserContext, user)
    await page.clock.runFor(6000)
    await page.getByText('Everything is kept').waitFor()
    await draft.refresh()
    assert.equal(draft.content.kind, 'export')
  })
})
