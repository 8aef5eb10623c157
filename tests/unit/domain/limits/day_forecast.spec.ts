import { test } from '@japa/runner'
import fc from 'fast-check'
import { forecastDay } from '#domain/limits/day_forecast'
import { DAY, leftAt } from '#domain/limits/rolling_credits'

const NOW = 1_800_000_000_000
const PER_DAY = 5_000

const spends = (min: number, max: number) =>
  fc.array(fc.record({ at: fc.integer({ min, max }), credits: fc.integer({ min: 1, max: 400 }) }), {
    maxLength: 20,
  })

test.group('The forecast of a day', () => {
  test('sums up: each hour ends with what its spends leave', ({ assert }) => {
    fc.assert(
      fc.property(spends(NOW - DAY, NOW), spends(NOW, NOW + DAY - 1), (spent, planned) => {
        const credits = { perDay: PER_DAY, spent, told: null }
        const { hours } = forecastDay(credits, 500, planned, NOW)
        const total = planned.reduce((sum, each) => sum + each.credits, 0)
        assert.equal(
          hours.reduce((sum, hour) => sum + hour.planned, 0),
          total
        )
        assert.equal(hours.at(-1)?.left, leftAt(credits, NOW + DAY) - total)
      })
    )
  })

  test('names the first spend that eats into the reserve, and none where all fits', ({
    assert,
  }) => {
    fc.assert(
      fc.property(spends(NOW - DAY, NOW), spends(NOW, NOW + DAY - 1), (spent, planned) => {
        const credits = { perDay: PER_DAY, spent, told: null }
        const { reserveAt } = forecastDay(credits, 500, planned, NOW)
        const leftAfter = (moment: number) =>
          leftAt(credits, moment) -
          planned.filter(({ at }) => at <= moment).reduce((sum, each) => sum + each.credits, 0)
        const short = planned.map(({ at }) => at).filter((at) => leftAfter(at) < 500)
        assert.equal(reserveAt, short.length === 0 ? null : Math.min(...short))
      })
    )
  })

  test('leaves the reserve whole when the last credit above it is spent', ({ assert }) => {
    const credits = { perDay: PER_DAY, spent: [], told: null }
    const planned = [{ at: NOW + 1, credits: 4_500 }]
    assert.isNull(forecastDay(credits, 500, planned, NOW).reserveAt)
    assert.equal(forecastDay(credits, 501, planned, NOW).reserveAt, NOW + 1)
  })
})
