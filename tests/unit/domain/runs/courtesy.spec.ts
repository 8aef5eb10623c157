import { test } from '@japa/runner'
import { Courtesy } from '#domain/runs/courtesy'

function beside(short: { since: number; records: number }) {
  const courtesy = new Courtesy()
  courtesy.began('large', 0)
  courtesy.began('short', short.since)
  courtesy.restOf('short', short.records, short.since)
  courtesy.restOf('large', 20_000, short.since)
  return courtesy
}

test.group('Courtesy of runs', () => {
  test('a large run rests after a settlement while a short one is under way', ({ assert }) => {
    const courtesy = beside({ since: 5_000, records: 20 })
    assert.equal(courtesy.restOf('large', 1, 5_100), 500)
    assert.equal(courtesy.restOf('large', 3_000, 5_100), 1_500)
    assert.equal(courtesy.restOf('large', 25_000, 5_100), 2_000)
    assert.equal(courtesy.restOf('short', 1, 5_100), 0)
    courtesy.ended('short')
    assert.equal(courtesy.restOf('large', 1, 5_200), 0)
  })

  test('nobody rests for a run that lasts, or alone', ({ assert }) => {
    const courtesy = beside({ since: 5_000, records: 20 })
    assert.equal(courtesy.restOf('large', 1, 8_000), 0)
    assert.equal(courtesy.restOf('nobody', 1_000_000, 8_000), 0)
  })

  test('two large runs never wait for each other, and a small one waits for none', ({ assert }) => {
    const courtesy = beside({ since: 5_000, records: 20_001 })
    assert.equal(courtesy.restOf('large', 1, 5_100), 0)
    assert.equal(courtesy.restOf('short', 1, 5_100), 0)
    courtesy.began('new', 5_100)
    assert.equal(courtesy.restOf('new', 20_000, 5_200), 0)
  })
})
