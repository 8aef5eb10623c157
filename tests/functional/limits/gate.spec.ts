import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { recordsRead } from '#engine/counters'
import AuditEvent from '#domain/audit/audit_event'
import { creditsLeft } from '#domain/connections/credits_left'
import OrgLimit from '#domain/limits/org_limit'
import { DAY, MINUTE } from '#domain/limits/rolling_credits'
import Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { useReserve } from '#domain/runs/use_reserve'
import type Service from '#domain/services/service'
import { givenRun, givenUser } from '#tests/support/app'
import { connectionOf, givenSpent, untilWaiting } from '#tests/support/credits'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho, Wish } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

/** Orgs of their own: what is said of one here is not said of those of other tests. */
let seed = 7000
const givenHouse = ({ simulator, ...wish }: Wish) =>
  givenShopToZoho({ ...wish, simulator: { seed: (seed += 1), ...simulator } })

const start = (service: Service) => queueRun(service, { trigger: 'manual', requestedBy: null })

/** Everything that was spent comes back: a day goes by, here and at the vendor. */
async function letADayGoBy({ simulator }: ShopToZoho, run: Run): Promise<void> {
  simulator.advance(DAY / 1000)
  await db.from('credit_entries').decrement('spent_at', DAY)
  await db.from('org_limits').whereNotNull('told_at').decrement('told_at', DAY)
  await Run.query().where('id', run.id).update({ notBefore: Date.now() })
}

function insertedBy({ simulator }: ShopToZoho): number {
  const inserts = simulator.ledger({ records: true }).filter(({ action }) => action === 'insert')
  return new Set(inserts.map(({ record }) => record?.Order_Ref)).size
}

test.group('The start gate', () => {
  test('lets a run wait that would eat into the reserve, until the minute when it fits', async ({
    assert,
  }) => {
    const house = await givenHouse({ records: 40, simulator: { edition: 'free' } })
    const zoho = await connectionOf(house.tenant, 'zoho')
    const before = (await creditsLeft(zoho)) ?? 0
    await givenSpent(zoho, before - 700, DAY / MINUTE - 10)
    await givenRun(house.service, { creditsSpent: 400, created: 4000 })
    assert.equal(await creditsLeft(zoho), 700)

    const run = await start(house.service)
    await withTestRunners(async (dispatcher) => {
      await untilWaiting(run, dispatcher)
      const minutes = ((run.notBefore?.toMillis() ?? 0) - Date.now()) / MINUTE
      assert.isTrue(minutes > 8 && minutes <= 11, `it fits in ${minutes} minutes`)
      assert.match(
        run.waitReason ?? '',
        /"zoho" has 700 of 5,000 .* runs before it took 400, and 500 are kept/
      )

      const user = await givenUser({ tenant: house.tenant })
      assert.isTrue(await useReserve(run, user.id))
      assert.isFalse(await useReserve(await run.refresh(), user.id), 'it waits no more')
      await untilOver(run, dispatcher)
    })
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    const said = await AuditEvent.query().where('subject', run.id)
    assert.include(
      said.map(({ action }) => action),
      'run.reserve_used'
    )
    await house.close()
  })

  test('knows the price of a first run by the count of its source', async ({ assert }) => {
    const house = await givenHouse({ records: 2000, route: 'upsert' })
    const zoho = await connectionOf(house.tenant, 'zoho')
    await zoho.merge({ creditsPerDay: 300, reservePercent: 0 }).save()
    await givenSpent(zoho, 150, 60)
    const run = await start(house.service)
    await withTestRunners((dispatcher) => untilWaiting(run, dispatcher))
    assert.match(run.waitReason ?? '', /this run needs at most 200,/)
    assert.isNull(run.startedAt)
    await house.close()
  })

  test('counts what is spent by every connection to the same org, of any tenant', async ({
    assert,
  }) => {
    const house = await givenHouse({ records: 1, simulator: { edition: 'free' } })
    const zoho = await connectionOf(house.tenant, 'zoho')
    const other = await givenHouse({ records: 1 })
    const twin = await connectionOf(other.tenant, 'zoho')
    twin.merge({ identity: zoho.identity, limits: zoho.limits })
    await twin.save()
    const before = (await creditsLeft(zoho)) ?? 0
    await givenSpent(twin, 321, 5)
    assert.equal(await creditsLeft(zoho), before - 321)
    assert.equal(await creditsLeft(twin), before - 321)
    await house.close()
    await other.close()
  })
})

test.group('A run that comes to the reserve', () => {
  test('pauses, goes on when credits are back, and loses and doubles nothing', async ({
    assert,
  }) => {
    // So many calls, and so slow, that the run cannot be over before the pause has reached it.
    const RECORDS = 9000
    const house = await givenHouse({
      records: RECORDS,
      route: 'upsert',
      simulator: { latencyMs: 200 },
    })
    const zoho = await connectionOf(house.tenant, 'zoho')
    await zoho.merge({ creditsPerDay: 250, reservePercent: 20 }).save()

    const run = await start(house.service)
    await withTestRunners((dispatcher) => untilWaiting(run, dispatcher))
    assert.match(run.waitReason ?? '', /^Paused: "zoho" has/)
    assert.isBelow(insertedBy(house), RECORDS)
    assert.isAbove(recordsRead(run.counters), 0)
    assert.isBelow((await creditsLeft(zoho)) ?? 0, 50, 'it paused before it had to')

    await zoho.merge({ creditsPerDay: null }).save()
    await letADayGoBy(house, run)
    await withTestRunners((dispatcher) => untilOver(run, dispatcher))
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    assert.equal(recordsRead(run.counters), RECORDS)
    assert.equal(house.simulator.stats().modules.Deals?.records, RECORDS)
    assert.equal(insertedBy(house), RECORDS)
    await house.close()
  }).timeout(60_000)

  test('waits as well when the vendor says that nothing is left', async ({ assert }) => {
    const RECORDS = 2000
    const house = await givenHouse({
      records: RECORDS,
      route: 'upsert',
      simulator: { creditLimit: 120 },
    })
    const run = await start(house.service)
    await withTestRunners((dispatcher) => untilWaiting(run, dispatcher))
    assert.isAbove((run.notBefore?.toMillis() ?? 0) - Date.now(), MINUTE)
    assert.isBelow(house.simulator.stats().refused.TOO_MANY_REQUESTS ?? 0, 30, 'nobody hammers')

    await letADayGoBy(house, run)
    house.simulator.reset({ creditLimit: null })
    await withTestRunners((dispatcher) => untilOver(run, dispatcher))
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    assert.equal(recordsRead(run.counters), RECORDS)
    await house.close()
  }).timeout(60_000)
})

test.group('What the vendor says of its limits', () => {
  test('corrects the count of credits', async ({ assert }) => {
    const house = await givenHouse({
      records: 2000,
      route: 'upsert',
      simulator: { creditLimit: 300 },
    })
    const zoho = await connectionOf(house.tenant, 'zoho')
    await zoho.merge({ reservePercent: 0 }).save()
    const run = await start(house.service)
    await withTestRunners((dispatcher) => untilOver(run, dispatcher))
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    const { remaining } = house.simulator.stats().credits
    assert.approximately((await creditsLeft(zoho)) ?? 0, remaining, 15)
    await house.close()
  })

  test('slows all its runs down when it refuses for concurrency', async ({ assert }) => {
    const house = await givenHouse({
      records: 3000,
      route: 'upsert',
      simulator: { concurrencyLimit: 2, latencyMs: 100 },
    })
    const run = await start(house.service)
    await withTestRunners((dispatcher) => untilOver(run, dispatcher))
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    const zoho = await connectionOf(house.tenant, 'zoho')
    const said = await OrgLimit.of(`zoho_crm:${zoho.identity}`)
    assert.isAtMost(said.allowed ?? 99, 10, 'half of the edition’s 20')
    assert.isBelow(said.slowedAt?.toMillis() ?? Infinity, DateTime.utc().toMillis())
    assert.isAbove(house.simulator.stats().refused.TOO_MANY_REQUESTS ?? 0, 0)
    await house.close()
  }).timeout(90_000)
})
