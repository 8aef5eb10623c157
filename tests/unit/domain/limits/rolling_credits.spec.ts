import { test } from '@japa/runner'
import fc from 'fast-check'
import { leftAt, DAY, enoughAt, MINUTE } from '#domain/limits/rolling_credits'
import type { RollingCredits } from '#domain/limits/rolling_credits'

const NOW = 1_800_000_000_000

const spent = fc.array(
  fc.record({
    at: fc.integer({ min: NOW - 2 * DAY, max: NOW }),
    credits: fc.integer({ min: 1, max: 900 }),
  }),
  { maxLength: 60 }
)

const credits: fc.Arbitrary<RollingCredits> = fc.record({
  perDay: fc.integer({ min: 1, max: 50_000 }),
  spent,
  told: fc.option(
    fc.record({
      remaining: fc.integer({ min: 0, max: 50_000 }),
      at: fc.integer({ min: NOW - DAY, max: NOW }),
    })
  ),
})

/** As a vendor would count: nothing spent elsewhere, or more than we know of. */
const honest = credits.map((given) => {
  if (given.told === null) return given
  const { at } = given.told
  const known = leftAt({ ...given, told: null }, at)
  return { ...given, told: { at, remaining: Math.min(given.told.remaining, known) } }
})

test.group('Rolling credits', () => {
  test('what was spent comes back a day later, and not a millisecond before', ({ assert }) => {
    const given = { perDay: 5000, spent: [{ at: NOW, credits: 700 }], told: null }
    assert.equal(leftAt(given, NOW + DAY - 1), 4300)
    assert.equal(leftAt(given, NOW + DAY), 5000)
  })

  test("are what the vendor says, when it says it, and our own count's a day later", ({
    assert,
  }) => {
    fc.assert(
      fc.property(honest, (given) => {
        if (given.told === null) return
        const { at, remaining } = given.told
        const upToThen = { ...given, spent: given.spent.filter((each) => each.at <= at) }
        assert.equal(leftAt(upToThen, at), remaining)
        const alone = { ...given, told: null }
        assert.equal(leftAt(given, at + DAY), leftAt(alone, at + DAY))
      })
    )
  })

  test('only grow while nobody spends', ({ assert }) => {
    const steps = fc.tuple(fc.nat(2 * DAY), fc.nat(2 * DAY))
    fc.assert(
      fc.property(honest, steps, (given, [a, b]) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)]
        assert.isAtMost(leftAt(given, NOW + earlier), leftAt(given, NOW + later))
      })
    )
  })
})

test.group('When enough credits are back', () => {
  test('is the first minute at which they are', ({ assert }) => {
    fc.assert(
      fc.property(honest, fc.nat(60_000), fc.nat(MINUTE - 1), (given, wanted, seconds) => {
        const now = NOW + seconds
        const at = enoughAt(given, wanted, now)
        if (at === now) {
          assert.isAtLeast(leftAt(given, now), wanted)
          return
        }
        assert.equal(at % MINUTE, 0)
        assert.isAtMost(at, now + DAY + MINUTE)
        if (at - MINUTE > now) assert.isBelow(leftAt(given, at - MINUTE), wanted)
        if (wanted <= given.perDay) assert.isAtLeast(leftAt(given, at), wanted)
      }),
      { numRuns: 500 }
    )
  })

  test('is at most a day away, however much is wanted', ({ assert }) => {
    const given = { perDay: 100, spent: [{ at: NOW - 5, credits: 90 }], told: null }
    assert.equal(enoughAt(given, 1_000_000, NOW), NOW + DAY + MINUTE - (NOW % MINUTE))
  })
})
