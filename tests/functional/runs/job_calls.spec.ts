import { test } from '@japa/runner'
import crossdock from '#config/crossdock'
import { callbackUrl } from '#domain/runs/job_calls'
import type Run from '#domain/runs/run'
import { startRun } from '#domain/runs/start_run'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { baseUrl } from '#tests/support/base_url'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { until } from '#tests/support/until'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const HOUR = 3600
const request = { trigger: 'manual' as const, requestedBy: null }

function givenJobs(simulator: Partial<SimulatorOptions>): Promise<ShopToZoho> {
  return givenShopToZoho({ records: 300, route: 'bulk_write', simulator })
}

/** Vendors reach this server, for the length of `work`. */
async function reachable<Result>(work: () => Promise<Result>): Promise<Result> {
  const { host } = new URL(baseUrl())
  crossdock.publicUrl = baseUrl()
  crossdock.egressAllow.push(host)
  try {
    return await work()
  } finally {
    crossdock.publicUrl = null
    crossdock.egressAllow.splice(crossdock.egressAllow.indexOf(host), 1)
  }
}

function looks({ simulator }: ShopToZoho): number {
  const endpoints = Object.entries(simulator.stats().credits.byEndpoint)
  const polls = endpoints.filter(([name]) => name.startsWith('GET') && name.includes('/write/'))
  return polls.reduce((sum, [, { calls }]) => sum + calls, 0)
}

const moreLooks = (house: ShopToZoho, than: number) =>
  until('another look at the job', async () => looks(house) > than)

/** A run whose job is half an hour old and half done, at rest for a minute since the last look. */
async function givenLongPause(house: ShopToZoho): Promise<Run> {
  const run = await startRun(house.service, request)
  await moreLooks(house, 0)
  const before = looks(house)
  house.simulator.advance(HOUR / 2)
  await moreLooks(house, before)
  return run.refresh()
}

async function knock(run: Run, token?: string) {
  const url = new URL(String(await callbackUrl(run)))
  if (token !== undefined) url.pathname = `/hooks/jobs/${run.id}/${token}`
  const response = await fetch(url, { method: 'POST', body: 'anything' })
  return { status: response.status, text: await response.text() }
}

test.group('A job that calls back', () => {
  test('is collected on the call, long before its next look is due', async ({ assert }) => {
    const house = await givenJobs({ bulkDelayMs: HOUR * 1000 })
    await reachable(() =>
      withTestRunners(async (dispatcher) => {
        const run = await givenLongPause(house)
        const before = looks(house)
        house.simulator.advance(HOUR / 2)
        const ended = await untilOver(run, dispatcher)
        assert.containSubset(ended, { state: 'succeeded', created: 300 })
        assert.equal(looks(house), before + 1, 'one look, which the call led to')
      })
    )
    await house.close()
  }).timeout(40_000)

  test('is looked at less often', async ({ assert }) => {
    const bulkDelayMs = HOUR * 1000
    const [calls, silent] = [await givenJobs({ bulkDelayMs }), await givenJobs({ bulkDelayMs })]
    await withTestRunners(async (dispatcher) => {
      const called = await reachable(async () => {
        const run = await startRun(calls.service, request)
        await moreLooks(calls, 0)
        return run
      })
      const asked = await startRun(silent.service, request)
      await moreLooks(silent, 6)
      assert.isBelow(looks(calls), looks(silent), 'although it began before the other')
      for (const [house, run] of [[calls, called] as const, [silent, asked] as const]) {
        house.simulator.advance(HOUR)
        assert.containSubset(await untilOver(run, dispatcher), { state: 'succeeded', created: 300 })
      }
    })
    await calls.close()
    await silent.close()
  }).timeout(60_000)

  test('wakes nothing by a forged token, and harms nothing by calling again', async ({
    assert,
  }) => {
    const house = await givenJobs({ bulkDelayMs: HOUR * 1000 })
    await reachable(() =>
      withTestRunners(async (dispatcher) => {
        const run = await givenLongPause(house)
        const url = String(await callbackUrl(run))
        assert.notInclude(JSON.stringify(run.$attributes), String(url.split('/').at(-1)))
        const before = looks(house)
        for (const forged of ['x', 'a'.repeat(43), `${url.split('/').at(-1)}x`]) {
          assert.deepEqual(await knock(run, forged), { status: 404, text: '' })
        }
        const stranger = new URL(url.replace(run.id, house.service.id))
        const strange = await fetch(stranger, { method: 'POST' })
        assert.equal(strange.status, 404)
        assert.equal(looks(house), before)
        await run.refresh()
        assert.isNull(run.calledAt)

        assert.deepEqual(await knock(run), { status: 204, text: '' })
        await moreLooks(house, before)
        await knock(run)
        await knock(run)
        house.simulator.advance(HOUR / 2)
        const ended = await untilOver(run, dispatcher)
        assert.containSubset(ended, { state: 'succeeded', created: 300 })
        assert.deepEqual(await knock(run), { status: 204, text: '' }, 'a call that comes late')
        assert.containSubset(await run.refresh(), { state: 'succeeded', created: 300 })
      })
    )
    await house.close()
  }).timeout(40_000)
})

test.group('The address for calls of vendors', () => {
  test('is https, or one that the operator lists', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 1 })
    const run = await startRun(house.service, request)
    assert.isNull(await callbackUrl(run))
    crossdock.publicUrl = 'http://crossdock.example.com'
    assert.isNull(await callbackUrl(run))
    crossdock.publicUrl = 'https://crossdock.example.com'
    assert.match(
      String(await callbackUrl(run)),
      /^https:\/\/crossdock\.example\.com\/hooks\/jobs\/[\w-]{36}\/[\w-]{43}$/
    )
    crossdock.publicUrl = null
    await house.close()
  })
})
