import { test } from '@japa/runner'
import fc from 'fast-check'
import type { RecordValues } from '#sdk'
import { openEndpoint } from './open_endpoint.js'

const many = (count: number) =>
  Array.from({ length: count }, (_, at): RecordValues => ({ email: `${at}@b.example`, amount: at }))

/** An endpoint that refuses a call for one bad record in it, and notes what it took. */
async function openStrict(cleanup: (close: () => Promise<void>) => void, bad: Set<number>) {
  const taken: number[] = []
  const end = await openEndpoint(cleanup, {}, ({ body }) => {
    const amounts = (JSON.parse(body) as Array<{ amount: number }>).map(({ amount }) => amount)
    const found = amounts.filter((amount) => bad.has(amount))
    if (found.length > 0) return { status: 422, body: { why: `not ${found.join()}` } }
    taken.push(...amounts)
    return { status: 200, body: {} }
  })
  return { ...end, taken }
}

const options = { perCall: '100', allOrNothing: true }

test.group('A call that is refused for one record', () => {
  test('is sent again in parts: each good record arrives once, each bad one alone is refused', async ({
    assert,
    cleanup,
  }) => {
    const bad = new Set<number>()
    const end = await openStrict(cleanup, bad)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.uniqueArray(fc.nat({ max: 59 }), { maxLength: 3 }),
        async (count, culprits) => {
          bad.clear()
          for (const culprit of culprits) bad.add(culprit)
          end.taken.length = 0
          const outcomes = await end.write(many(count), options)
          const all = Array.from({ length: count }, (_, at) => at)
          const stateOf = (at: number) => outcomes.filter(({ index }) => index === at)
          for (const at of all) {
            const [outcome, ...others] = stateOf(at)
            assert.deepEqual(
              [outcome?.state, others.length],
              [bad.has(at) ? 'rejected' : 'updated', 0]
            )
            if ('message' in outcome) assert.include(outcome.message, `not ${at}`)
          }
          assert.deepEqual(
            [...end.taken].sort((a, b) => a - b),
            all.filter((at) => !bad.has(at))
          )
        }
      ),
      { numRuns: 40 }
    )
  })

  test('stays whole where parts could write a record twice', async ({ assert, cleanup }) => {
    const end = await openStrict(cleanup, new Set([3]))
    const outcomes = await end.write(many(8), { perCall: '100' })
    assert.deepEqual([end.received.length, end.taken.length], [1, 0])
    assert.isTrue(outcomes.every(({ state }) => state === 'rejected'))
    await end.write(many(8), { perCall: '100', repeatable: true })
    assert.lengthOf(end.taken, 7)
  })

  test('costs no more than so many calls, whatever is wrong with it', async ({
    assert,
    cleanup,
  }) => {
    const end = await openStrict(cleanup, new Set(Array.from({ length: 100 }, (_, at) => at)))
    const outcomes = await end.write(many(100), options)
    assert.isAtMost(end.received.length, 60)
    assert.lengthOf(outcomes, 100)
    assert.isTrue(outcomes.every(({ state }) => state === 'rejected'))
  })

  test('that breaks in between says only what is known', async ({ assert, cleanup }) => {
    const end = await openStrict(cleanup, new Set([0]))
    end.next.push(
      () => ({ status: 422, body: {} }),
      () => ({ status: 200, body: {} }),
      () => ({ status: 500, body: {} })
    )
    const outcomes = await end.write(many(4), options)
    assert.deepEqual(
      outcomes.map(({ index, state }) => [index, state]),
      [
        [0, 'updated'],
        [1, 'updated'],
      ]
    )
  })
})

test.group('The idempotency key', () => {
  test('tells two records that say the same apart, and is the same at each try', async ({
    assert,
    cleanup,
  }) => {
    const end = await openEndpoint(cleanup)
    const [record] = many(1)
    const header = { idempotencyHeader: 'Idempotency-Key' }
    for (const key of ['A-1', 'A-2', 'A-1']) await end.write([record], header, { keys: [key] })
    const keys = end.received.map(({ headers }) => headers['idempotency-key'])
    assert.equal(keys[0], keys[2])
    assert.notEqual(keys[0], keys[1])
  })
})
