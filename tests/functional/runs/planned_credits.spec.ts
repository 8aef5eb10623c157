import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { applyConnection } from '#domain/connections/apply_connection'
import { DAY } from '#domain/limits/rolling_credits'
import { replayDeadLetters } from '#domain/runs/replay'
import type Run from '#domain/runs/run'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import { makePreview } from '#domain/services/make_preview'
import { previewService } from '#domain/services/preview_service'
import type Service from '#domain/services/service'
import type { ServiceDefinition } from '#sdk'
import { recordsRead } from '#engine/counters'
import { connectionOf, untilWaiting } from '#tests/support/credits'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import type { ShopToZoho, Wish } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const manual = { trigger: 'manual' as const, requestedBy: null }

let seed = 9_200

/** A house of its own org; `more` goes into the definition of its service. */
async function givenHouse(wish: Wish, more: (made: ServiceDefinition) => ServiceDefinition) {
  const house = await givenShopToZoho({
    ...wish,
    simulator: { seed: (seed += 1), ...wish.simulator },
  })
  const { service } = await withTestRunners(() =>
    applyService(house.tenant, more(orderDefinition(wish)), { userId: null })
  )
  return { house, service: await service.refresh() }
}

const toAccounts = (made: ServiceDefinition): ServiceDefinition => ({
  ...made,
  mapping: [
    ...made.mapping,
    { to: 'Account_Name', from: 'customer', as: 'lookup', by: 'Account_Name' },
  ],
})

function giveAccounts({ simulator }: ShopToZoho, from: number, to: number): void {
  for (let first = from; first < to; first += 100) {
    const numbers = Array.from({ length: Math.min(100, to - first) }, (_, at) => first + at)
    const records = numbers.map((number) => ({ Account_Name: `Customer ${number}` }))
    simulator.edit({ module: 'Accounts', operation: 'create', records })
  }
}

/** Deals that go to a file, which costs nothing but their reading. */
async function givenExport({ tenant, simulator }: ShopToZoho, deals: number): Promise<Service> {
  for (let first = 0; first < deals; first += 50) {
    const numbers = Array.from({ length: 50 }, (_, at) => first + at)
    const records = numbers.map((number) => ({ Deal_Name: `Deal ${number}`, Stage: 'New' }))
    simulator.edit({ module: 'Deals', operation: 'create', records })
  }
  const settings = { file: 'out.csv', columns: 'id, name', key: 'id' }
  await applyConnection(tenant, { name: 'file', connector: 'csv', settings, secrets: {} }, null)
  const match = { by: 'fields' as const, fields: ['id'] }
  const definition: ServiceDefinition = {
    name: 'deals-to-file',
    kind: 'export',
    source: { connection: 'zoho', stream: 'Deals' },
    target: { connection: 'file', stream: 'out.csv', operation: 'upsert', match },
    mapping: [
      { to: 'id', from: 'id' },
      { to: 'name', from: 'Deal_Name' },
    ],
  }
  const { service } = await withTestRunners(() =>
    applyService(tenant, definition, { userId: null })
  )
  return service.refresh()
}

const runOnce = async (service: Service) =>
  withTestRunners(async (dispatcher) => untilOver(await startRun(service, manual), dispatcher))

async function letADayGoBy({ simulator }: ShopToZoho, run: Run): Promise<void> {
  simulator.advance(DAY / 1000)
  await db.from('credit_entries').decrement('spent_at', DAY)
  await db.from('org_limits').whereNotNull('told_at').decrement('told_at', DAY)
  await run.merge({ notBefore: null }).save()
}

test.group('The credits of a run, as planned', (group) => {
  group.each.timeout(90_000)

  test('hold what records refer to by value, in the gate as in the run', async ({ assert }) => {
    const { house, service } = await givenHouse({ records: 1_500, route: 'upsert' }, toAccounts)
    giveAccounts(house, 0, 977)
    const before = house.simulator.stats().credits.used
    const run = await runOnce(service)
    assert.containSubset(run, { state: 'succeeded', created: 1_500 })
    // Metadata, twenty queries of fifty values, and ten records a credit.
    assert.equal(run.creditsSpent, 1 + 20 + 150)
    assert.equal(run.creditsPlanned, run.creditsSpent)
    assert.equal(run.creditsForecast, run.creditsSpent)
    // The gate described the accounts too.
    assert.equal(house.simulator.stats().credits.used - before, run.creditsSpent + 1)
    const said = await db.from('run_batches').where('run_id', run.id).where('route', 'references')
    assert.equal(
      said.reduce((sum, { credits }) => sum + Number(credits), 0),
      21
    )
    await house.close()
  })

  test('hold the look-ups of an update, in the preview, the gate and the run', async ({
    assert,
  }) => {
    const wish = { records: 730, route: 'upsert' }
    const { house, service } = await givenHouse(wish, (made) => made)
    await runOnce(service)
    const update = orderDefinition({ ...wish, operation: 'update', route: 'update' })
    const { service: second } = await withTestRunners(() =>
      applyService(house.tenant, { ...update, name: 'update-orders' }, { userId: null })
    )
    const { plan, credits } = await withTestRunners(() => previewService(second, 5))
    assert.containSubset(
      plan.find(({ way }) => way === 'match'),
      { route: 'match_lookup', records: 730, credits: 15 }
    )
    assert.equal(credits, 15 + 73)
    const run = await runOnce(second)
    assert.containSubset(run, { state: 'succeeded', updated: 730 })
    assert.deepEqual([run.creditsForecast, run.creditsPlanned, run.creditsSpent], [88, 88, 88])
    await house.close()
  })

  test('are those of the preview for a first run, which counts nothing more', async ({
    assert,
  }) => {
    const { house, service } = await givenHouse({ records: 300, route: 'upsert' }, toAccounts)
    giveAccounts(house, 0, 977)
    const preview = await withTestRunners(() => makePreview(service, null))
    const before = house.simulator.stats().credits.used
    const run = await runOnce(service)
    assert.equal(run.creditsForecast, preview.credits)
    assert.equal(run.creditsSpent, preview.credits)
    assert.equal(house.simulator.stats().credits.used - before, preview.credits)
    await house.close()
  })

  test('are those of a preview that is newer than the last run', async ({ assert }) => {
    const { house, service } = await givenHouse({ records: 300, route: 'upsert' }, (made) => made)
    assert.containSubset(await runOnce(service), { created: 300, creditsSpent: 30 })
    const preview = await withTestRunners(() => makePreview(service, null))
    const again = await runOnce(service)
    assert.containSubset(again, { unchanged: 300, creditsForecast: preview.credits })
    assert.equal(again.creditsSpent, preview.credits)
    await house.close()
  })

  for (const isPreviewed of [false, true]) {
    const how = isPreviewed ? 'a preview' : 'the gate'
    test(`of reading hold no count where ${how} has counted`, async ({ assert }) => {
      const { house } = await givenHouse({ records: 1 }, (made) => made)
      const service = await givenExport(house, 250)
      if (isPreviewed) await withTestRunners(() => makePreview(service, null))
      const before = house.simulator.stats().credits.used
      const run = await runOnce(service)
      assert.containSubset(run, { state: 'succeeded', created: 250 })
      assert.deepEqual([run.creditsForecast, run.creditsPlanned, run.creditsSpent], [2, 2, 2])
      const ways = await db.from('run_batches').where('run_id', run.id).where('credits', '>', 0)
      assert.containSubset(ways, [{ route: 'coql', records: 250, calls: 1, credits: 2 }])
      const asked = isPreviewed ? 0 : 1
      assert.equal(house.simulator.stats().credits.used - before, 2 + asked)
      const again = await runOnce(service)
      assert.containSubset(again, { unchanged: 250, creditsForecast: 2, creditsSpent: 2 })
      assert.equal(house.simulator.stats().credits.used - before, 4 + asked)
      await house.close()
    })
  }

  test('stay true when a run pauses for credits and goes on', async ({ assert }) => {
    const wish = { records: 6_000, route: 'upsert' }
    const { house, service } = await givenHouse(wish, (made) => made)
    const zoho = await connectionOf(house.tenant, 'zoho')
    await zoho.merge({ creditsPerDay: 250, reservePercent: 20 }).save()
    // Sixty calls, twenty at a time: the pause reaches the run long before its third turn.
    const upsert = { method: 'POST', path: '/Deals/upsert' }
    house.simulator.faults([{ match: upsert, kind: 'latency', ms: 2_000 }])
    const run = await startRun(service, manual)
    await withTestRunners((dispatcher) => untilWaiting(run, dispatcher))
    assert.match(run.waitReason ?? '', /^Paused/)
    const paused = { planned: run.creditsPlanned, spent: run.creditsSpent }
    assert.isAtMost(paused.planned, paused.spent)
    house.simulator.faults([])
    await zoho.merge({ creditsPerDay: null }).save()
    await letADayGoBy(house, run)
    await withTestRunners((dispatcher) => untilOver(run, dispatcher))
    assert.containSubset(run, { state: 'succeeded', creditsForecast: 600 })
    assert.equal(recordsRead(run.counters), 6_000)
    // As it takes them up again it may send once more what was under way.
    assert.equal(run.creditsPlanned, 600)
    assert.isAtLeast(run.creditsSpent, 600)
    await house.close()
  })

  test('of a replay are what its records cost', async ({ assert }) => {
    const { house, service } = await givenHouse({ records: 40, route: 'upsert' }, toAccounts)
    giveAccounts(house, 0, 20)
    const first = await runOnce(service)
    assert.isAbove(first.rejected, 0)
    giveAccounts(house, 20, 977)
    const replay = await withTestRunners(async (dispatcher) =>
      untilOver(await replayDeadLetters(service, 'all', null), dispatcher)
    )
    assert.containSubset(replay, { state: 'succeeded', created: first.rejected })
    assert.equal(replay.creditsPlanned, replay.creditsSpent)
    await house.close()
  })
})
