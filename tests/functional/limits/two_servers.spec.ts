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
import { PrivateRedis } from '#tests/support/private_redis'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 4000
/** Of the free edition. */
const LIMIT = 5

/** One shop, and two services that send it to the same org at the same time. */
async function givenTwoServices(seed: number) {
  const wish = { records: RECORDS, route: 'upsert' }
  const simulator = { edition: 'free' as const, latencyMs: 600, seed }
  const house = await givenShopToZoho({ ...wish, simulator })
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

async function until(runs: Run[], isSo: (runs: Run[]) => boolean): Promise<void> {
  while (!isSo(runs)) {
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
    await until(runs, (each) => areUnderWay(each) || areOver(each))
    if (!areOver(runs)) return runs
    if (round === 12) throw new Error('One server did all the work, twelve times')
    house.shop.prepare('update orders set customer = customer || ?').run(` v${round}`)
  }
}

/** They end with the test, however it ends. */
async function twoServers(cleanup: (end: () => Promise<void>) => void, env?: NodeJS.ProcessEnv) {
  const servers = []
  for (let count = 0; count < 2; count += 1) {
    const server = await KillableServer.start(2, env)
    cleanup(() => server.kill())
    servers.push(server)
  }
  return servers
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
    cleanup(() => redis.stop())
    const house = await givenTwoServices(7101)
    const env = { REDIS_URL: redis.url }
    const servers = await twoServers(cleanup, env)
    const runs = await bothAtWork(house)
    await servers[0].kill('SIGKILL')
    await until(runs, areOver)
    await servers[1].kill('SIGTERM')

    for (const run of runs) assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    const stats = house.simulator.stats()
    assert.isAtMost(stats.peakConcurrency, LIMIT)
    assert.isUndefined(stats.refused.TOO_MANY_REQUESTS)
    assert.equal(stats.modules.Deals?.records, 2 * RECORDS)

    const zoho = await connectionOf(house.tenant, 'zoho')
    const places = new RedisPlaces(redis.url, new LocalPlaces(), () => assert.fail('no Redis'))
    for (let place = 0; place < LIMIT; place += 1) {
      const org = `zoho_crm:${zoho.identity}`
      assert.isObject(await places.take(org, null, { all: LIMIT, lane: null }), `place ${place}`)
    }
    await places.close()
    await house.close()
  })
    .timeout(240_000)
    .skip(!PrivateRedis.isHere, 'there is no redis-server here')

  test('keep to its concurrency by shares, where there is no Redis', async ({
    assert,
    cleanup,
  }) => {
    const house = await givenTwoServices(7102)
    const servers = await twoServers(cleanup)
    const runs = await house.start()
    await until(runs, areOver)
    for (const server of servers) await server.kill('SIGTERM')

    for (const run of runs) assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    const stats = house.simulator.stats()
    assert.isAtMost(stats.peakConcurrency, LIMIT)
    assert.isUndefined(stats.refused.TOO_MANY_REQUESTS)
    await house.close()
  }).timeout(240_000)
})
