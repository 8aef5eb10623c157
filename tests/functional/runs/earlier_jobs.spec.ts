import { test } from '@japa/runner'
import { recordsRead } from '#engine/counters'
import type { Dispatcher } from '#domain/runs/dispatcher'
import { cancelRun } from '#domain/runs/cancel_run'
import type Run from '#domain/runs/run'
import RunBatch from '#domain/runs/run_batch'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import type { Operation } from '#sdk'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { until } from '#tests/support/until'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 3000
const HOUR = 3600
const request = { trigger: 'manual' as const, requestedBy: null }

function calls({ simulator }: ShopToZoho, wanted: RegExp): number {
  const endpoints = Object.entries(simulator.stats().credits.byEndpoint)
  const fitting = endpoints.filter(([name]) => wanted.test(name))
  return fitting.reduce((sum, [, each]) => sum + each.calls, 0)
}

const jobs = (house: ShopToZoho) => calls(house, /^POST .*\/write$/)
const looks = (house: ShopToZoho) => calls(house, /^GET .*\/write\//)

function givenLongJobs(operation: Operation): Promise<ShopToZoho> {
  const simulator = { bulkDelayMs: HOUR * 1000 }
  return givenShopToZoho({ records: RECORDS, route: 'bulk_write', operation, simulator })
}

async function inMidJob(house: ShopToZoho): Promise<Run> {
  const run = await startRun(house.service, request)
  const before = looks(house)
  await until('a look at the job', async () => looks(house) > before)
  return run.refresh()
}

async function cancelledInMidJob(house: ShopToZoho, dispatcher: Dispatcher): Promise<Run> {
  const run = await inMidJob(house)
  await cancelRun(run, null)
  return untilOver(run, dispatcher)
}

const openJobs = ({ service }: ShopToZoho) => RunBatch.query().where('openServiceId', service.id)

test.group('A bulk job whose run ends before it', () => {
  for (const operation of ['upsert', 'insert'] as const) {
    test(`is taken up by the next run: ${operation}`, async ({ assert }) => {
      const house = await givenLongJobs(operation)
      await withTestRunners(async (dispatcher) => {
        const first = await cancelledInMidJob(house, dispatcher)
        assert.containSubset(first, { state: 'cancelled', created: 0 })
        assert.lengthOf(await openJobs(house), 1)
        const second = await inMidJob(house)
        house.simulator.advance(HOUR)
        await untilOver(second, dispatcher)
        assert.containSubset(second, { state: 'succeeded', created: RECORDS, creditsPlanned: 0 })
        assert.equal(recordsRead(second.counters), RECORDS)
        assert.equal(jobs(house), 1)
        const { used } = house.simulator.stats().credits
        assert.equal(first.creditsSpent + second.creditsSpent, first.creditsPlanned)
        assert.equal(house.simulator.stats().modules.Deals?.records, RECORDS)
        assert.isAtLeast(used, first.creditsPlanned)
        assert.lengthOf(await openJobs(house), 0)

        const third = await untilOver(await startRun(house.service, request), dispatcher)
        assert.containSubset(third, { state: 'succeeded', unchanged: RECORDS, creditsSpent: 0 })
      })
      await house.close()
    }).timeout(60_000)
  }

  test('by a failure is taken up as well', async ({ assert }) => {
    const house = await givenLongJobs('insert')
    await withTestRunners(async (dispatcher) => {
      const run = await inMidJob(house)
      const body = { code: 'NO_PERMISSION', message: 'no', details: {}, status: 'error' }
      const match = { method: 'GET', path: '/write/' }
      house.simulator.faults([{ match, kind: 'status', status: 403, body }])
      await untilOver(run, dispatcher)
      assert.containSubset(run, { state: 'failed', created: 0 })
      house.simulator.faults([])
      house.simulator.advance(HOUR)
      const next = await untilOver(await startRun(house.service, request), dispatcher)
      assert.containSubset(next, { state: 'succeeded', created: RECORDS, creditsSpent: 0 })
      assert.equal(jobs(house), 1)
      assert.equal(house.simulator.stats().modules.Deals?.records, RECORDS)
    })
    await house.close()
  }).timeout(60_000)

  test('is let go where the service writes otherwise by then', async ({ assert }) => {
    const house = await givenLongJobs('upsert')
    await withTestRunners(async (dispatcher) => {
      await cancelledInMidJob(house, dispatcher)
      const definition = orderDefinition({ records: RECORDS, route: 'upsert' })
      const { service } = await applyService(house.tenant, definition, { userId: null })
      const next = await untilOver(await startRun(service, request), dispatcher)
      assert.containSubset(next, { state: 'succeeded', created: RECORDS })
      assert.equal(jobs(house), 1)
      assert.lengthOf(await openJobs(house), 0)
      const [job] = await RunBatch.query().where('route', 'bulk_write').orderBy('createdAt', 'desc')
      assert.containSubset(job, { state: 'done', manifest: null })
    })
    await house.close()
  }).timeout(60_000)
})
