import { test } from '@japa/runner'
import fc from 'fast-check'
import { allowedAt, slowed } from '#domain/limits/pace'
import type { Pace } from '#domain/limits/pace'
import { shareOf } from '#domain/limits/share_of'

const limits = fc.integer({ min: 1, max: 40 })
/** Pauses between refusals, in milliseconds. */
const pauses = fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 40 })

test.group('Pace', () => {
  test('stays between one call and the limit, whatever is refused and when', ({ assert }) => {
    fc.assert(
      fc.property(limits, pauses, (limit, waits) => {
        let [pace, now]: [Pace | null, number] = [null, 0]
        for (const wait of waits) {
          now += wait
          const before: number = allowedAt(pace, limit, now)
          const isSame: boolean = pace !== null && now - pace.since < 1000
          pace = slowed(pace, limit, now)
          const after = allowedAt(pace, limit, now)
          assert.equal(after, isSame ? before : Math.max(1, Math.floor(before / 2)))
          assert.isAtLeast(after, 1)
          assert.isAtMost(after, limit)
        }
      })
    )
  })

  test('grows by one every ten seconds, and up to the limit', ({ assert }) => {
    fc.assert(
      fc.property(limits, fc.nat(1_000_000), (limit, later) => {
        const pace = slowed(null, limit, 0)
        const allowed = allowedAt(pace, limit, later)
        assert.equal(allowed, Math.min(limit, pace.allowed + Math.floor(later / 10_000)))
      })
    )
    assert.equal(allowedAt(slowed(null, 20, 0), 20, 100_000), 20)
  })

  test('is the limit where nothing was refused', ({ assert }) => {
    assert.equal(allowedAt(null, 25, 0), 25)
  })
})

test.group('A share of a limit', () => {
  test('is never more than the limit all together, and never nothing', ({ assert }) => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 12 }), (limit, servers) => {
        const shares = Array.from({ length: servers }, (_, rank) => shareOf(limit, servers, rank))
        assert.isAtLeast(Math.min(...shares), 1)
        const sum = shares.reduce((total, share) => total + share, 0)
        assert.equal(sum, Math.max(limit, servers))
      })
    )
  })
})
