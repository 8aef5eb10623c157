import { test } from '@japa/runner'
import fc from 'fast-check'
import { startsAt, wantedLeft } from '#domain/limits/gate_rule'
import type { GateCase } from '#domain/limits/gate_rule'
import { DAY, leftAt, MINUTE } from '#domain/limits/rolling_credits'

const NOW = 1_800_000_000_000
const PER_DAY = 10_000

const cases: fc.Arbitrary<GateCase> = fc.record({
  credits: fc.record({
    perDay: fc.constant(PER_DAY),
    spent: fc.array(
      fc.record({
        at: fc.integer({ min: NOW - DAY, max: NOW }),
        credits: fc.integer({ min: 1, max: 700 }),
      }),
      { maxLength: 25 }
    ),
    told: fc.constant(null),
  }),
  reserve: fc.integer({ min: 0, max: PER_DAY }),
  promised: fc.nat(3_000),
  need: fc.option(fc.nat(2 * PER_DAY)),
  isPaused: fc.boolean(),
  usesReserve: fc.boolean(),
})

test.group('The start gate', () => {
  test('lets a run begin exactly when what it needs leaves the reserve alone', ({ assert }) => {
    fc.assert(
      fc.property(cases, (given) => {
        const { credits, reserve, promised, need, usesReserve, isPaused } = given
        const room = PER_DAY - reserve
        fc.pre(!usesReserve && !isPaused && need !== null && need > 0 && need + promised <= room)
        const fits = leftAt(credits, NOW) - (need ?? 0) - promised >= reserve
        assert.equal(startsAt(given, NOW) === NOW, fits)
      }),
      { numRuns: 1000 }
    )
  })

  test('names a minute within a day at which it may begin', ({ assert }) => {
    fc.assert(
      fc.property(cases, (given) => {
        const at = startsAt(given, NOW)
        assert.isAtMost(at, NOW + DAY + MINUTE)
        assert.isAtLeast(leftAt(given.credits, at), wantedLeft(given))
        assert.equal(startsAt(given, at), at, 'asked then, it says yes')
      })
    )
  })

  test('lets nobody wait for ever, however large the run', ({ assert }) => {
    const credits = { perDay: PER_DAY, spent: [], told: null }
    const huge = { reserve: 1000, promised: 0, need: 1_000_000 }
    assert.equal(startsAt({ credits, ...huge, isPaused: false, usesReserve: false }, NOW), NOW)
  })

  test('opens for a person who says so, as long as one credit is left', ({ assert }) => {
    fc.assert(
      fc.property(cases, (given) => {
        const byHand = { ...given, usesReserve: true, isPaused: false }
        assert.equal(startsAt(byHand, NOW) === NOW, leftAt(given.credits, NOW) >= 1)
      })
    )
  })
})
