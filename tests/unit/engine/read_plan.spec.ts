import { test } from '@japa/runner'
import fc from 'fast-check'
import type { ReadQuery, ReadRoute } from '#sdk'
import { planRead } from '#engine/read_plan'

const QUERY: ReadQuery = {
  cursor: null,
  fields: ['id'],
  filter: null,
  incremental: null,
  pageSize: 1_000,
}

function route(name: string, more: Partial<ReadRoute>): ReadRoute {
  return {
    name,
    kind: 'call',
    maxRecords: 200,
    cost: () => 1,
    isSnapshot: false,
    suits: () => true,
    async *read() {},
    ...more,
  }
}

const LIST = route('list', {})
const COQL = route('coql', {
  maxRecords: 2_000,
  cost: (records) => (records <= 200 ? 1 : records <= 1_000 ? 2 : 3),
})
const BULK = route('bulk_read', {
  kind: 'job',
  maxRecords: 200_000,
  cost: () => 50,
  isSnapshot: true,
})
const ALL = [LIST, COQL, BULK]

const chosen = (count: number | null, wish = {}, query = QUERY) =>
  planRead(ALL, query, { wish, count })

const coqlPrice = (count: number) => {
  const rest = count % 2_000
  return Math.floor(count / 2_000) * 3 + (rest === 0 ? 0 : rest <= 200 ? 1 : rest <= 1_000 ? 2 : 3)
}

test.group('planRead', () => {
  test('no other way costs less, for any count', ({ assert }) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600_000 }), (count) => {
        const prices = [Math.ceil(count / 200), coqlPrice(count), Math.ceil(count / 200_000) * 50]
        assert.equal(chosen(count)?.credits, Math.min(...prices))
      }),
      { numRuns: 60 }
    )
  })

  test('of equal prices the one without a job is taken', ({ assert }) => {
    assert.equal(chosen(150)?.route.name, 'list')
    assert.equal(chosen(33_000)?.credits, 50)
    assert.equal(chosen(33_000)?.route.name, 'coql')
    assert.equal(chosen(40_000)?.route.name, 'bulk_read')
  })

  test('what must be live is never read from a snapshot', ({ assert }) => {
    assert.equal(chosen(500_000, { live: true })?.route.name, 'coql')
  })

  test('a wished route is taken whatever it costs', ({ assert }) => {
    assert.equal(chosen(5, { route: 'bulk_read' })?.credits, 50)
    assert.isNull(chosen(5, { route: 'bulk_read', live: true }))
  })

  test('an unknown count is priced by a page', ({ assert }) => {
    assert.equal(chosen(null)?.route.name, 'coql')
    assert.isNull(chosen(null)?.records)
  })

  test('a way that does not suit is left out', ({ assert }) => {
    const picky = route('list', { suits: (query) => query.filter === null })
    const filter = { field: 'a', op: '=' as const, value: 1 }
    assert.isNull(planRead([picky], { ...QUERY, filter }, { wish: {}, count: 1 }))
  })
})
