import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { LocalPlaces } from '#domain/limits/local_places'
import { OrgGate } from '#domain/limits/org_gate'
import type { Place, PlaceStore } from '#domain/limits/place_store'
import { RedisPlaces } from '#domain/limits/redis_places'
import { PrivateRedis } from '#tests/support/private_redis'

const most = { all: 5, lane: 2 }
const ignore = () => undefined

function isPlace(taken: unknown): taken is Place {
  return typeof taken === 'object'
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(25)
}

test.group('Places of one process', () => {
  test('are as many as the limit, and of a lane as many as its own', async ({ assert }) => {
    const places = new LocalPlaces()
    const taken = []
    for (let call = 0; call < 4; call += 1) taken.push(await places.take('a', 'heavy', most))
    assert.deepEqual(
      taken.map((each) => (isPlace(each) ? 'taken' : each)),
      ['taken', 'taken', 'lane full', 'lane full']
    )
    for (let call = 0; call < 3; call += 1) await places.take('a', null, { all: 5, lane: null })
    assert.equal(await places.take('a', null, { all: 5, lane: null }), 'full')
    assert.isTrue(isPlace(await places.take('b', null, most)), 'another account is another limit')
  })

  test('are shared out among servers that cannot count together', async ({ assert }) => {
    const servers = [0, 1, 2].map((rank) => {
      const places = new LocalPlaces()
      places.peers = { servers: 3, rank }
      return places
    })
    let taken = 0
    for (const places of servers) {
      for (let call = 0; call < 5; call += 1) {
        if (isPlace(await places.take('a', null, { all: 5, lane: null }))) taken += 1
      }
    }
    assert.equal(taken, 5)
  })
})

test.group('A gate', () => {
  test('lets no more in than allowed, fewer after a refusal, and forgets nobody', async ({
    assert,
  }) => {
    const gate = new OrgGate('a', new LocalPlaces())
    gate.limits = { concurrency: 8, lanes: { heavy: 2 } }
    let [inside, heavy, peak, peakHeavy, served] = [0, 0, 0, 0, 0]
    const call = async (lane: string | null) => {
      const place = await gate.enter(lane)
      inside += 1
      if (lane) heavy += 1
      peak = Math.max(peak, inside)
      peakHeavy = Math.max(peakHeavy, heavy)
      await wait(1)
      inside -= 1
      if (lane) heavy -= 1
      served += 1
      gate.leave(place)
    }
    const calls = (count: number) =>
      Promise.all(Array.from({ length: count }, (_, index) => call(index % 3 ? 'heavy' : null)))
    await calls(90)
    assert.deepEqual([peak <= 8, peakHeavy, served], [true, 2, 90])

    gate.refuse('', Date.now())
    peak = 0
    await Promise.all(Array.from({ length: 40 }, () => call(null)))
    assert.equal(peak, 4)
    gate.close()
  })
})

test.group('Places in Redis', (group) => {
  let redis: PrivateRedis | null = null
  group.tap((each) => each.skip(!PrivateRedis.isHere, 'there is no redis-server here'))
  const open: PlaceStore[] = []
  const server = (lease?: number) => {
    const places = new RedisPlaces(redis?.url ?? '', new LocalPlaces(), ignore, lease)
    open.push(places)
    return places
  }
  group.setup(async () => {
    if (PrivateRedis.isHere) redis = await PrivateRedis.start()
  })
  group.each.teardown(async () => {
    for (const places of open.splice(0)) await places.close()
  })
  group.teardown(async () => redis?.stop())

  test('are counted over servers, with the lane and apart from other accounts', async ({
    assert,
  }) => {
    const [a, b] = [server(), server()]
    const first = await a.take('x', 'heavy', most)
    assert.isTrue(isPlace(first))
    assert.isTrue(isPlace(await b.take('x', 'heavy', most)))
    assert.equal(await a.take('x', 'heavy', most), 'lane full')
    for (let call = 0; call < 3; call += 1) await b.take('x', null, { all: 5, lane: null })
    assert.equal(await a.take('x', null, { all: 5, lane: null }), 'full')
    assert.isTrue(isPlace(await a.take('y', 'heavy', most)))

    if (isPlace(first)) a.giveBack(first)
    await until(async () => isPlace(await b.take('x', 'heavy', most)))
  })

  test('are left by a server that has many to one that wants one', async ({ assert }) => {
    const [rich, poor] = [server(), server()]
    for (const lane of [null, 'heavy']) {
      const three = { all: lane === null ? 3 : 20, lane: lane === null ? null : 3 }
      const full = lane === null ? 'full' : 'lane full'
      const held = []
      for (let call = 0; call < 3; call += 1) held.push(await rich.take('shared', lane, three))
      let again = null
      // A wish is forgotten soon: on a slow machine it may take more than one.
      for (let round = 0; again !== full && round < 5; round += 1) {
        assert.equal(await poor.take('shared', lane, three), full)
        const given = held.pop()
        if (given !== undefined && isPlace(given)) rich.giveBack(given)
        again = await rich.take('shared', lane, three)
        held.push(again)
      }
      assert.equal(again, full)
      const late = await poor.take('shared', lane, three)
      assert.isTrue(isPlace(late))
      for (const place of held) if (isPlace(place)) rich.giveBack(place)
      if (isPlace(late)) poor.giveBack(late)
    }
  })

  test('outlive their lease while they are used', async ({ assert }) => {
    const lease = 1_500
    const [a, b] = [server(lease), server(lease)]
    const one = { all: 1, lane: null }
    assert.isTrue(isPlace(await a.take('kept', null, one)))
    await wait(2 * lease)
    assert.equal(await b.take('kept', null, one), 'full')
    await a.close()
    await until(async () => isPlace(await b.take('kept', null, one)))
  })

  test('are shared out while Redis is gone', async ({ assert }) => {
    let warnings = 0
    const own = await PrivateRedis.start()
    const alone = new LocalPlaces()
    alone.peers = { servers: 2, rank: 0 }
    const places = new RedisPlaces(own.url, alone, () => (warnings += 1))
    open.push(places)
    assert.isTrue(isPlace(await places.take('z', null, { all: 2, lane: null })))
    await own.stop()
    const four = { all: 4, lane: null }
    const taken = await Promise.all([0, 1, 2].map(() => places.take('z', null, four)))
    // Redis fails what is under way at its end in any order.
    assert.lengthOf(taken.filter(isPlace), 2)
    assert.equal(warnings, 1)
  })
})
