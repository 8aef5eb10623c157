import { test } from '@japa/runner'
import { FreshFilter } from '#workers/fresh_filter'
import { Places } from '#workers/places'

function countedQuota() {
  const held = { now: 0, asked: 0 }
  return {
    held,
    quota: {
      async acquire() {
        held.now += 1
        held.asked += 1
        return { until: Date.now() + 60_000 }
      },
      release() {
        held.now -= 1
      },
      spend() {},
    },
  }
}

test.group('Places in a quota', () => {
  test('are used again, and all go back', async ({ assert }) => {
    const { held, quota } = countedQuota()
    const places = new Places('c', quota)
    for (let call = 0; call < 10; call += 1) places.giveBack(null, await places.take(null))
    assert.equal(held.asked, 1)
    places.close()
    assert.equal(held.now, 0)
  })

  test('that come back after the end go back at once', async ({ assert }) => {
    const { held, quota } = countedQuota()
    const places = new Places('c', quota)
    const [first, second] = [await places.take('heavy'), await places.take('heavy')]
    places.giveBack('heavy', first)
    places.close()
    places.giveBack('heavy', second)
    assert.equal(held.now, 0)
  })
})

test.group('What cannot be known yet', () => {
  test('is never taken for new when it is not, and seldom the other way round', ({ assert }) => {
    const filter = new FreshFilter()
    let wrong = 0
    for (let key = 0; key < 100_000; key += 1) if (filter.sawBefore(`SO-${key}`, 1)) wrong += 1
    for (let key = 0; key < 100_000; key += 1) assert.isTrue(filter.sawBefore(`SO-${key}`, 1))
    for (let key = 0; key < 100_000; key += 1) if (filter.sawBefore(`SO-${key}`, 2)) wrong += 1
    assert.isBelow(wrong, 2000)
  })
})
