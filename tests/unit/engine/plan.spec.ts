import { test } from '@japa/runner'
import fc from 'fast-check'
import type { Route } from '#sdk'
import { breakEvenOf, planCost, planWrites } from '#engine/plan'

function route(kind: Route['kind'], maxRecords: number, cost: (n: number) => number): Route {
  const base = {
    name: `${kind} ${maxRecords}`,
    operations: ['upsert' as const],
    idempotent: ['upsert' as const],
    maxRecords,
    concurrency: 1,
    cost,
  }
  const unused = (): never => {
    throw new Error('A plan sends nothing')
  }
  return kind === 'call'
    ? { ...base, kind, send: unused }
    : { ...base, kind, submit: unused, collect: unused }
}

const UPSERT = route('call', 100, (n) => Math.ceil(n / 10))
const BULK = route('job', 25_000, () => 500)

function zohoPrice(n: number): number {
  return 500 * Math.floor(n / 25_000) + Math.min(Math.ceil((n % 25_000) / 10), 500)
}

const prices = fc
  .tuple(
    fc.constantFrom<Route['kind']>('call', 'job'),
    fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 9 })
  )
  .map(([kind, steps]) => {
    const costs = steps.map((_, index) => steps.slice(0, index + 1).reduce((a, b) => a + b))
    return route(kind, steps.length, (n) => costs[n - 1])
  })

test.group('planWrites', () => {
  test('is the cheapest that the price list of Zoho allows', ({ assert }) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (count) => {
        const steps = planWrites([UPSERT, BULK], count, 'upsert')
        assert.equal(planCost(steps), zohoPrice(count))
        assert.equal(
          steps.reduce((sum, step) => sum + step.records, 0),
          count
        )
        for (const step of steps) assert.isAtMost(step.records, step.route.maxRecords)
      }),
      { numRuns: 60 }
    )
    for (const count of [1, 10, 11, 4_999, 5_000, 5_001, 25_000, 30_000, 30_001, 60_000]) {
      assert.equal(planCost(planWrites([UPSERT, BULK], count, 'upsert')), zohoPrice(count))
    }
  })

  test('is as cheap as trying everything, for any price list', ({ assert }) => {
    fc.assert(
      fc.property(
        fc.array(prices, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 40 }),
        (routes, count) => {
          const best = [0]
          for (let n = 1; n <= count; n++) {
            const ways = routes.flatMap((each) =>
              Array.from(
                { length: Math.min(each.maxRecords, n) },
                (_, less) => best[n - less - 1] + each.cost(less + 1)
              )
            )
            best.push(Math.min(...ways))
          }
          const steps = planWrites(routes, count, 'upsert')
          assert.equal(planCost(steps), best[count])
          assert.equal(
            steps.reduce((sum, step) => sum + step.records, 0),
            count
          )
        }
      ),
      { numRuns: 500 }
    )
  })

  test('prefers calls at the same price, and a job from one record more', ({ assert }) => {
    const names = (count: number) =>
      new Set(planWrites([BULK, UPSERT], count, 'upsert').map((step) => step.route.kind))
    assert.deepEqual(names(5_000), new Set(['call' as const]))
    assert.deepEqual(names(5_001), new Set(['job' as const]))
    assert.equal(breakEvenOf([BULK, UPSERT], 'upsert')?.records, 5_001)
    assert.isNull(breakEvenOf([UPSERT], 'upsert'))
  })
})
