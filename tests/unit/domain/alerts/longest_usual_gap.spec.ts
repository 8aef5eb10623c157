import { test } from '@japa/runner'
import fc from 'fast-check'
import { longestUsualGap } from '#domain/alerts/longest_usual_gap'

const HOUR = 3_600_000
const DAY = 24 * HOUR

test.group('The longest usual gap', () => {
  test('is four times the median, and never under a day', ({ assert }) => {
    const every = (gap: number) => Array.from({ length: 10 }, (_, index) => index * gap)
    assert.equal(longestUsualGap(every(HOUR)), DAY)
    assert.equal(longestUsualGap(every(2 * DAY)), 8 * DAY)
    assert.isNull(longestUsualGap([1, 2, 3, 4]))
  })

  test('is not moved by one long pause, whatever the order', ({ assert }) => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 12, maxLength: 30 })
    fc.assert(
      fc.property(times, (hours) => {
        const arrivals = hours.map((hour) => hour * HOUR)
        const later = [...arrivals, 400 * DAY]
        assert.equal(longestUsualGap(later), longestUsualGap([...later].reverse()))
        assert.equal(longestUsualGap(later), DAY)
      })
    )
  })
})
