import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { noCounters } from '#engine/counters'
import Run from '#domain/runs/run'
import { runEvents } from '#domain/runs/run_events'
import { givenDeadLetter, givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'

async function givenRunningRun() {
  const tenant = await givenTenant()
  const service = await givenService(tenant)
  const run = await givenRun(service, {
    state: 'running',
    stage: 'reading',
    creditsForecast: 480,
    forecastBasis: 'count',
    startedAt: DateTime.utc(),
    finishedAt: null,
  })
  return { tenant, service, run }
}

test.group('run page', () => {
  test('shows what it hears of the run, and adds up', async ({ browserContext, assert }) => {
    const { tenant, service, run } = await givenRunningRun()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    const subscribed = page.waitForResponse('**/__transmit/subscribe')
    await page.goto(`/t/${tenant.slug}/runs/${run.id}`)
    const answer = await subscribed
    assert.equal(answer.status(), 204)

    runEvents.emit('changed', {
      tenantId: tenant.id,
      serviceId: service.id,
      runId: run.id,
      state: 'running',
      stage: 'sending',
      counters: { ...noCounters(), created: 12_000, rejected: 3 },
      underWay: 500,
      credits: { planned: 500, spent: 120 },
      at: Date.now(),
    })
    await page.getByText('Sending to the target').waitFor()
    assert.match(await byTest(page, 'count-created').innerText(), /12,000/)
    assert.equal(await byTest(page, 'read').innerText(), '12,503')
    assert.match(await byTest(page, 'sum').innerText(), /difference is under way/)
    assert.match(await byTest(page, 'run-credits').innerText(), /120\s+of 500/)
    assert.equal(await byTest(page, 'forecast').innerText(), 'forecast at most 480 credits')

    await run
      .merge({ state: 'partial', created: 12_500, rejected: 3, finishedAt: DateTime.utc() })
      .save()
    runEvents.emit('changed', {
      tenantId: tenant.id,
      serviceId: service.id,
      runId: run.id,
      state: 'partial',
      stage: 'finished',
      counters: run.counters,
      underWay: 0,
      credits: { planned: 500, spent: 500 },
      at: Date.now(),
    })
    await page.locator('[data-test="status"][data-state="partial"]').waitFor()
    await page.getByText('12,503 read = 12,503 with an outcome').waitFor()
  })

  test('names its progress, also while nothing is known of it', async ({
    browserContext,
    assert,
  }) => {
    const { tenant, service } = await givenRunningRun()
    const queued = { state: 'queued' as const, startedAt: null, finishedAt: null }
    const run = await givenRun(service, queued)
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await page.goto(`/t/${tenant.slug}/runs/${run.id}`)
    await page.getByRole('progressbar', { name: 'Progress of the run' }).waitFor()
    assert.deepEqual(await findBarriers(page), [])
  })

  test('asks by itself where another process works on the run', async ({ browserContext }) => {
    const { tenant, run } = await givenRunningRun()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await page.goto(`/t/${tenant.slug}/runs/${run.id}`)
    await run.merge({ state: 'succeeded', created: 77, finishedAt: DateTime.utc() }).save()
    await page.locator('[data-test="status"][data-state="succeeded"]').waitFor()
    await page.getByText('77 read = 77 with an outcome').waitFor()
  })

  test('comes with its script: none is fetched once it is shown', async ({
    browserContext,
    assert,
  }) => {
    const { tenant, run } = await givenRunningRun()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    const document = await page.request.get(`/t/${tenant.slug}/runs/${run.id}`)
    const manifest = JSON.parse(await readFile('public/assets/.vite/manifest.json', 'utf8'))
    const { file } = manifest['inertia/pages/runs/show.vue']
    assert.include(await document.text(), `src="/assets/${file}"`)
  })

  test('asks by itself where the last event came from a clock that is ahead', async ({
    browserContext,
  }) => {
    const { tenant, service, run } = await givenRunningRun()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    const subscribed = page.waitForResponse('**/__transmit/subscribe')
    await page.goto(`/t/${tenant.slug}/runs/${run.id}`)
    await subscribed
    runEvents.emit('changed', {
      tenantId: tenant.id,
      serviceId: service.id,
      runId: run.id,
      state: 'running',
      stage: 'sending',
      counters: noCounters(),
      underWay: 500,
      credits: { planned: 500, spent: 120 },
      at: Date.now() + 3_600_000,
    })
    await page.getByText('Sending to the target').waitFor()
    await run.merge({ state: 'succeeded', created: 77, finishedAt: DateTime.utc() }).save()
    await page.locator('[data-test="status"][data-state="succeeded"]').waitFor()
  })

  test('shows what to mend also where the answer to the told end was lost', async ({
    browserContext,
  }) => {
    const { tenant, service, run } = await givenRunningRun()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    const subscribed = page.waitForResponse('**/__transmit/subscribe')
    const path = `/t/${tenant.slug}/runs/${run.id}`
    const asked = page.waitForResponse(
      (answer) => 'x-inertia-partial-data' in answer.request().headers()
    )
    await page.goto(path)
    await subscribed
    await asked
    await givenDeadLetter(run, { sourceKey: 'A-1' })
    await run.merge({ state: 'partial', rejected: 1, finishedAt: DateTime.utc() }).save()
    await page.route(`**${path}`, (route) => route.abort(), { times: 1 })
    runEvents.emit('changed', {
      ...{ tenantId: tenant.id, serviceId: service.id, runId: run.id },
      ...{ state: 'partial', stage: 'finished', counters: run.counters, underWay: 0 },
      ...{ credits: { planned: 500, spent: 500 }, at: Date.now() },
    })
    await page.getByRole('heading', { name: 'What to mend' }).waitFor()
  })

  test('says so while the server does not answer, and goes on after', async ({
    browserContext,
  }) => {
    const { tenant, run } = await givenRunningRun()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await page.goto(`/t/${tenant.slug}/runs/${run.id}`)
    await browserContext.setOffline(true)
    await byTest(page, 'lost').waitFor()
    await browserContext.setOffline(false)
    await byTest(page, 'lost').waitFor({ state: 'detached' })
  })

  test('says so while the server takes questions and answers none', async ({ browserContext }) => {
    const { tenant, run } = await givenRunningRun()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    const path = `/t/${tenant.slug}/runs/${run.id}`
    await page.goto(path)
    await page.route(`**${path}`, () => {})
    await byTest(page, 'lost').waitFor()
    await page.unroute(`**${path}`)
    await byTest(page, 'lost').waitFor({ state: 'detached' })
  })

  test('a user of another tenant hears nothing of it', async ({ browserContext, assert }) => {
    const { tenant, run } = await givenRunningRun()
    const stranger = await givenUser({ tenant: await givenTenant() })
    const page = await signInAs(browserContext, stranger)
    const cookies = await browserContext.cookies()
    const token = cookies.find(({ name }) => name === 'XSRF-TOKEN')?.value ?? ''
    const answer = await page.request.post('/__transmit/subscribe', {
      headers: { 'accept': 'application/json', 'x-xsrf-token': decodeURIComponent(token) },
      data: { uid: 'stranger', channel: `tenants/${tenant.id}/runs/${run.id}` },
    })
    assert.equal(answer.status(), 400)
  })

  test('cancels only after asking', async ({ browserContext, assert }) => {
    const tenant = await givenTenant()
    const run = await givenRun(await givenService(tenant), {
      state: 'queued',
      startedAt: null,
      finishedAt: null,
    })
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await page.goto(`/t/${tenant.slug}/runs/${run.id}`)
    await byTest(page, 'cancel').click()
    await page.getByRole('button', { name: 'Keep going' }).click()
    await run.refresh()
    assert.equal(run.state, 'queued')

    await byTest(page, 'cancel').click()
    await byTest(page, 'confirm').click()
    await page.locator('[data-test="status"][data-state="cancelled"]').waitFor()
  })

  test('sends one failed record again, or all', async ({ browserContext, assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const run = await givenRun(service, { state: 'partial', created: 8, rejected: 2 })
    await givenDeadLetter(run, { sourceKey: 'A-1' })
    await givenDeadLetter(run, { sourceKey: 'A-2' })
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    const path = `/t/${tenant.slug}/runs/${run.id}`

    await page.goto(path)
    await byTest(page, 'row').filter({ hasText: 'A-2' }).getByText('Send again').click()
    await page.getByText('Replay of 1 failed record').waitFor()
    await page.goto(path)
    await byTest(page, 'send-all-again').click()
    await page.getByText('Replay of 2 failed records').waitFor()

    const replays = await Run.query().where('serviceId', service.id).where('trigger', 'replay')
    assert.sameDeepMembers(
      replays.map(({ onlyKeys }) => onlyKeys?.sort()),
      [['A-2'], ['A-1', 'A-2']]
    )
  })
})
