import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { recordsRead } from '#engine/counters'
import { LocalPlaces } from '#domain/limits/local_places'
import { RedisPlaces } from '#domain/limits/redis_places'
import { queueRun } from '#domain/runs/start_run'
import type Run from '#domain/runs/run'
import { applyService } from '#domain/services/apply_service'
import { connectionOf } from '#tests/support/credits'
import { KillableServer } from '#tests/support/killable_server'
import { onlyInThisTest } from '#tests/support/only_in_this_test'
import { PrivateRedis } from '#tests/support/private_redis'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { until } from '#tests/support/until'
import { withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 4000
/** Of the free edition. */
const LIMIT = 5
/** That edition's own 5,000 a day last for six rounds, and then the runs wait for the next day. */
const CREDITS = 1_000_000

/** One shop, and two services that send it to the same org at the same time. */
async function givenTwoServices(seed: number) {
  const wish = { records: RECORDS, route: 'upsert' }
  const simulator = { edition: 'free' as const, latencyMs: 600, seed, creditLimit: CREDITS }
  const house = await givenShopToZoho({ ...wish, simulator })
  const zoho = await connectionOf(house.tenant, 'zoho')
  await zoho.merge({ creditsPerDay: CREDITS }).save()
  const definition = orderDefinition(wish)
  const { service } = await withTestRunners(() =>
    applyService(
      house.tenant,
      {
        ...definition,
        name: 'orders-twice',
        mapping: definition.mapping.map((row) =>
          row.to === 'Order_Ref' ? { to: row.to, formula: '"B-" + source.number' } : row
        ),
      },
      { userId: null }
    )
  )
  const start = () =>
    Promise.all(
      [house.service, service].map((each) =>
        queueRun(each, { trigger: 'manual', requestedBy: null })
      )
    )
  return { ...house, start }
}

async function untilRuns(runs: Run[], isSo: (runs: Run[]) => boolean): Promise<void> {
  const stillHere = onlyInThisTest()
  while (!isSo(runs)) {
    stillHere()
    if (areOver(runs))
      throw new Error(`The runs ended ${runs.map(({ state }) => state).join(', ')}`)
    await wait(25)
    for (const run of runs) await run.refresh()
  }
}

/** Both runs under way at once: a server whose thread came too late gets another chance. */
async function bothAtWork(house: Awaited<ReturnType<typeof givenTwoServices>>): Promise<Run[]> {
  for (let round = 1; ; round += 1) {
    const runs = await house.start()
    await untilRuns(runs, (each) => areUnderWay(each) || areOver(each))
    if (!areOver(runs)) return runs
    if (round === 12) throw new Error('One server did all the work, twelve times')
    house.shop.prepare('update orders set customer = customer || ?').run(` v${round}`)
  }
}

/** A server starved for its lease would be taken for dead, and another would use its share. */
async function twoServers(env?: NodeJS.ProcessEnv) {
  return [await KillableServer.start(30, env), await KillableServer.start(30, env)]
}

const areUnderWay = (runs: Run[]) =>
  runs.every((run) => run.state === 'running' && recordsRead(run.counters) > 0)
const areOver = (runs: Run[]) => runs.every((run) => run.isFinal)

test.group('Two servers at work on one org', () => {
  test('keep to its concurrency together by Redis, and a killed one leaves no place behind', async ({
    assert,
    cleanup,
  }) => {
    const redis = await PrivateRedis.start()
    const house = await givenTwoServices(7101)
    const env = { REDIS_URL: redis.url }
    const servers = await twoServers(env)
    const runs = await bothAtWork(house)
    await servers[0].killForGood()
    await untilRuns(runs, areOver)
    await servers[1].kill('SIGTERM')

    for (const run of runs) assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    const stats = house.simulator.stats()
    assert.isAtMost(stats.peakConcurrency, LIMIT)
    assert.isUndefined(stats.refused.TOO_MANY_REQUESTS)
    assert.equal(stats.modules.Deals?.records, 2 * RECORDS)

    const zoho = await connectionOf(house.tenant, 'zoho')
    const places = new RedisPlaces(redis.url, new LocalPlaces(), () => undefined)
    cleanup(() => places.close())
    const org = `zoho_crm:${zoho.identity}`
    // What the ended servers wanted or held is forgotten soon, not at once.
    for (let place = 1; place <= LIMIT; place += 1) {
      await until(`place ${place}`, async () => {
        const taken = await places.take(org, null, { all: LIMIT, lane: null })
        return typeof taken === 'object' && taken.id !== ''
      })
    }
  })
    .timeout(420_000)
    .skip(!PrivateRedis.isHere, 'there is no redis-server here')

  test('keep to its concurrency by shares, where there is no Redis', async ({ assert }) => {
    const house = await givenTwoServices(7102)
    const servers = await twoServers()
    const runs = await house.start()
    await untilRuns(runs, areOver)
    for (const server of servers) await server.kill('SIGTERM')

    for (const run of runs) assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    const stats = house.simulator.stats()
    assert.isAtMost(stats.peakConcurrency, LIMIT)
    assert.isUndefined(stats.refused.TOO_MANY_REQUESTS)
  }).timeout(420_000)
})
