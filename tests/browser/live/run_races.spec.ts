import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Run from '#domain/runs/run'
import { givenDeadLetter, givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'

const RUNNING = {
  ...{ state: 'running' as const, stage: 'reading' as const },
  ...{ startedAt: DateTime.utc(), finishedAt: null },
}
const status = (state: string) => `[data-test="status"][data-state="${state}"]`

async function givenRunning() {
  const tenant = await givenTenant()
  const service = await givenService(tenant)
  const run = await givenRun(service, RUNNING)
  const user = await givenUser({ tenant })
  return { tenant, service, run, user, path: `/t/${tenant.slug}/runs/${run.id}` }
}

test.group('What may go wrong between a run and its page', () => {
  test('it asks at once for what was said before it could hear', async ({ browserContext }) => {
    const { run, user, path } = await givenRunning()
    const page = await signInAs(browserContext, user)
    // Where nothing ticks, nothing asks later what was missed.
    await page.addInitScript('window.setInterval = () => 0')
    await page.route('**/__transmit/subscribe', async (route) => {
      await run.merge({ state: 'succeeded', created: 77, finishedAt: DateTime.utc() }).save()
      await route.continue()
    })
    await page.goto(path)
    await page.locator(status('succeeded')).waitFor()
    await page.getByText('77 read = 77 with an outcome').waitFor()
  })

  test('a run that is started on the page of another is followed', async ({ browserContext }) => {
    const { service, run, user, path } = await givenRunning()
    await run.merge({ state: 'succeeded', created: 5, finishedAt: DateTime.utc() }).save()
    const page = await signInAs(browserContext, user)
    await page.goto(path)
    await page.getByText('5 read = 5 with an outcome').waitFor()
    await byTest(page, 'run-now').click()
    await page.locator(status('queued')).waitFor()
    const started = await Run.query().where('serviceId', service.id).where('state', 'queued')
    await started[0]!.merge({ ...RUNNING, state: 'succeeded', created: 9 }).save()
    await page.getByText('9 read = 9 with an outcome').waitFor()
  })

  test('what was asked before a person turned the page does not turn it back', async ({
    browserContext,
    assert,
  }) => {
    const { run, user, path } = await givenRunning()
    for (let at = 10; at < 22; at += 1) await givenDeadLetter(run, { sourceKey: `A-${at}` })
    const page = await signInAs(browserContext, user)
    const held = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    await page.route(`**${path}`, async (route) => {
      if (route.request().headers()['x-inertia-partial-data'] === undefined) return route.continue()
      const answer = await route.fetch()
      asked.resolve()
      await held.promise
      await route.fulfill({ response: answer }).catch(() => undefined)
    })
    await page.goto(path)
    await page.getByText('A-10').waitFor()
    await asked.promise
    await page.getByRole('link', { name: 'Next page' }).click()
    await page.getByText('A-20').waitFor()
    held.resolve()
    const next = await page.waitForResponse((response) => {
      const parts = response.request().headers()['x-inertia-partial-data']
      return parts?.includes('causes') === true
    })
    assert.include(next.url(), 'page=2')
    await page.getByText('A-20').waitFor()
  })

  test('a server that breaks for a moment does not take the page away', async ({
    browserContext,
  }) => {
    const { run, user, path } = await givenRunning()
    const page = await signInAs(browserContext, user)
    await page.goto(path)
    const broken = { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }
    await page.route(`**${path}`, (route) => route.fulfill(broken))
    await byTest(page, 'lost').waitFor()
    await page.unroute(`**${path}`)
    await byTest(page, 'lost').waitFor({ state: 'detached' })
    await run.merge({ state: 'succeeded', created: 3, finishedAt: DateTime.utc() }).save()
    await page.getByText('3 read = 3 with an outcome').waitFor()
  })
})

test.group('Pages with lists of runs', () => {
  const pages = {
    'a service': (slug: string, service: string) => `/t/${slug}/services/${service}`,
    'all services': (slug: string) => `/t/${slug}/services`,
    'the history': (slug: string) => `/t/${slug}/runs`,
    'the dashboard': (slug: string) => `/t/${slug}`,
  }
  for (const [name, pathOf] of Object.entries(pages)) {
    test(`${name} shows the end of a run without being asked`, async ({ browserContext }) => {
      const { tenant, service, run, user } = await givenRunning()
      const page = await signInAs(browserContext, user)
      await page.goto(pathOf(tenant.slug, service.id))
      await page.locator(status('running')).first().waitFor()
      await run.merge({ state: 'partial', created: 3, finishedAt: DateTime.utc() }).save()
      await page.locator(status('partial')).first().waitFor()
    })
  }

  test('a page that is left asks no more', async ({ browserContext, assert }) => {
    const { tenant, service, user } = await givenRunning()
    const page = await signInAs(browserContext, user)
    await page.clock.install()
    await page.goto(`/t/${tenant.slug}/services/${service.id}`)
    await page.locator(status('running')).first().waitFor()
    await page.waitForResponse(`**/services/${service.id}`)
    await page.getByRole('link', { name: 'Alerts' }).click()
    await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.clock.runFor(10_000)
    assert.deepEqual(asked, [])
  })
})
