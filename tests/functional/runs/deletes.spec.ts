import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { parseService } from '#domain/services/service_file'
import type Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import { makePreview } from '#domain/services/make_preview'
import type Service from '#domain/services/service'
import type { ServiceDefinition } from '#sdk'
import { KillableServer } from '#tests/support/killable_server'
import { onlyInThisTest } from '#tests/support/only_in_this_test'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { until } from '#tests/support/until'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 2_500
const BATCHES = RECORDS / 100

const start = (service: Service) => queueRun(service, { trigger: 'manual', requestedBy: null })

async function finished(service: Service): Promise<Run> {
  const run = await start(service)
  await withTestRunners((dispatcher) => untilOver(run, dispatcher))
  return run
}

/** Deals that are known by their ids in the shop. */
async function givenDeals(house: ShopToZoho): Promise<void> {
  const run = await finished(house.service)
  if (run.created !== RECORDS) throw new Error(`${run.created} deals: ${run.errorMessage}`)
  house.shop.exec('alter table orders add column deal text')
  const written = house.simulator.ledger({ records: true })
  const set = house.shop.prepare('update orders set deal = ? where number = ?')
  house.shop.transaction(() => {
    for (const { id, record } of written) set.run(id, String(record?.Order_Ref))
  })()
}

/** As a file says it: by id, without a mapping. */
function deletion(more: Partial<ServiceDefinition> = {}): Promise<ServiceDefinition> {
  const { source } = orderDefinition({ records: 0 })
  const match = { by: 'id', column: 'deal' }
  const target = { connection: 'zoho', stream: 'Deals', operation: 'delete', match }
  return parseService({ name: 'no-deals', kind: 'import', source, target, ...more }, 'a file')
}

async function applied({ tenant }: ShopToZoho, definition: ServiceDefinition): Promise<Service> {
  const { service } = await withTestRunners(() =>
    applyService(tenant, definition, { userId: null })
  )
  return service
}

const dealsIn = ({ simulator }: ShopToZoho) => simulator.stats().modules.Deals?.records ?? 0
const creditsOf = ({ simulator }: ShopToZoho) => simulator.stats().credits.used

test.group('A service that deletes', () => {
  test('asks first, deletes what it said at the price it said, and then costs nothing', async ({
    assert,
  }) => {
    const house = await givenShopToZoho({ records: RECORDS, simulator: { seed: 9200 } })
    await givenDeals(house)
    const service = await applied(house, await deletion())
    const preview = await withTestRunners(() => makePreview(service, null))
    assert.include(preview.counts, { delete: RECORDS, create: 0, unchanged: 0, rejected: 0 })
    assert.equal(preview.changes, RECORDS)
    assert.isTrue(preview.isWhole)

    const held = await start(service)
    await withTestRunners(async (dispatcher) => {
      dispatcher.ring()
      await until('the default brake strikes', async () => {
        await held.refresh()
        return held.state === 'held'
      })
    })
    assert.equal(held.waitReason, 'Of all 2,500 records 2,500 would be deleted, where 100 may')
    assert.equal(dealsIn(house), RECORDS)
    await held.merge({ state: 'cancelled', activeKey: null }).save()

    const free = await applied(house, await deletion({ brakes: { changes: { records: 10_000 } } }))
    const before = creditsOf(house)
    const run = await finished(free)
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    assert.include(run.counters, { deleted: RECORDS, unchanged: 0, rejected: 0, failed: 0 })
    assert.equal(dealsIn(house), 0)
    assert.equal(run.creditsPlanned, BATCHES)
    assert.equal(run.creditsSpent, BATCHES)
    assert.equal(creditsOf(house) - before, BATCHES)

    const again = await finished(free)
    assert.include(again.counters, { deleted: 0, unchanged: RECORDS })
    assert.equal(creditsOf(house) - before, BATCHES)

    const back = await finished(house.service)
    assert.equal(back.created, RECORDS, 'who wrote them knows that they are gone')
    assert.equal(dealsIn(house), RECORDS)
    await house.close()
  }).timeout(120_000)

  test('killed again and again it loses none', async ({ assert }) => {
    const simulator = { seed: 9201, latencyMs: 60 }
    const house = await givenShopToZoho({ records: RECORDS, simulator })
    await givenDeals(house)
    const limits = { changes: { records: 10_000 } }
    const service = await applied(house, await deletion({ brakes: limits }))
    const run = await start(service)
    let kills = 0
    for (; kills < 3; kills += 1) {
      const server = await KillableServer.start()
      const left = dealsIn(house)
      await until('some more are gone', () => Promise.resolve(dealsIn(house) < left || left === 0))
      await server.killForGood()
      await run.refresh()
      if (run.isFinal) break
    }
    const stillHere = onlyInThisTest()
    const server = await KillableServer.start()
    while (!run.isFinal) {
      stillHere()
      await wait(50)
      await run.refresh()
    }
    await server.kill('SIGTERM')
    assert.isAtLeast(kills, 1, 'it was killed in the middle')
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    assert.equal(run.deleted + run.unchanged, RECORDS)
    assert.equal(dealsIn(house), 0)
    await house.close()
  }).timeout(120_000)

  test('by a match field, of which the mapping fills just that', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 30, simulator: { seed: 9202 } })
    await finished(house.service)
    const match = { by: 'fields' as const, fields: ['Order_Ref'] }
    const definition = await deletion({
      source: { connection: 'shop', stream: 'orders', filter: 'status == "new"' },
      target: { connection: 'zoho', stream: 'Deals', operation: 'delete', match },
      mapping: [
        { to: 'Order_Ref', from: 'number' },
        { to: 'Stage', value: 'No such stage' },
      ],
    })
    const service = await applied(house, definition)
    const run = await finished(service)
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    assert.include(run.counters, { deleted: 10, rejected: 0 })
    assert.equal(dealsIn(house), 20)
    await house.close()
  }).timeout(60_000)
})
