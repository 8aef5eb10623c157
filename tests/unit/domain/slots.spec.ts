import { test } from '@japa/runner'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { dueSlots, MOST_AT_ONCE, onceAt, slotFrom } from '#domain/services/slots'
import type { Schedule } from '#sdk'

const MINUTE = 60_000
const every = fc.integer({ min: 1, max: 3000 })
const time = fc.integer({ min: 0, max: 4_000_000_000_000 })
const anchor = (startsAt: number) => ({ startsAt, offset: 0 })
const interval = (minutes: number, misfire?: 'all' | 'last' | 'none'): Schedule => ({
  every: minutes,
  unit: 'minutes',
  ...(misfire === undefined ? {} : { misfire }),
})

test.group('The slots of a schedule', () => {
  test('an interval has a slot per period, none skipped and none doubled', () => {
    fc.assert(
      fc.property(every, time, fc.integer({ min: 0, max: 50 }), (minutes, startsAt, count) => {
        const now = startsAt + count * minutes * MINUTE
        const slots = dueSlots(interval(minutes, 'all'), anchor(startsAt), { next: startsAt, now })
        return (
          slots.length === count + 1 &&
          slots.every((slot, index) => slot === startsAt + index * minutes * MINUTE)
        )
      })
    )
  })

  test('the next slot is never in the past, and less than a period away', () => {
    fc.assert(
      fc.property(every, time, time, (minutes, startsAt, from) => {
        const next = Number(slotFrom(interval(minutes), anchor(startsAt), from)?.at)
        if (from <= startsAt) return next === startsAt
        return (
          next >= from &&
          next - from < minutes * MINUTE &&
          (next - startsAt) % (minutes * MINUTE) === 0
        )
      })
    )
  })

  test('a misfire starts all, the last or none of what was missed', ({ assert }) => {
    const missed = (misfire: 'all' | 'last' | 'none') =>
      dueSlots(interval(10, misfire), anchor(0), { next: 0, now: 35 * MINUTE }).map(
        (slot) => slot / MINUTE
      )
    assert.deepEqual(missed('all'), [0, 10, 20, 30])
    assert.deepEqual(missed('last'), [30])
    assert.deepEqual(missed('none'), [])
    assert.deepEqual(
      dueSlots(interval(10, 'none'), anchor(0), { next: 0, now: 1000 }),
      [0],
      'a slot in time is no misfire'
    )
    assert.deepEqual(dueSlots(interval(10), anchor(0), { next: 10 * MINUTE, now: 9 * MINUTE }), [])
  })

  test('after a long stop all is started, but not at once', ({ assert }) => {
    const now = 35_000 * MINUTE
    const due = dueSlots(interval(1, 'all'), anchor(0), { next: 0, now })
    const first = Array.from({ length: MOST_AT_ONCE }, (_, index) => index * MINUTE)
    assert.deepEqual(due, first)
    assert.deepEqual(dueSlots(interval(1, 'last'), anchor(0), { next: 0, now }), [now])
  })

  test('a date and time means the wall clock of its zone, in every zone and season', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'UTC',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date(0), max: new Date('2040-01-01'), noInvalidDate: true }),
        (zone, date) => {
          const once = date.toISOString().slice(0, 16)
          const at = DateTime.fromMillis(onceAt({ once, timezone: zone }), { zone })
          const wanted = DateTime.fromISO(once, { zone: 'utc' })
          const moved = at.setZone('utc', { keepLocalTime: true }).diff(wanted).as('minutes')
          return moved === 0 || moved === 60 || moved === 30
        }
      )
    )
  })

  test('once is over once it has been', ({ assert }) => {
    const once: Schedule = { once: '2026-12-01T09:00', timezone: 'Asia/Kolkata' }
    const at = Date.parse('2026-12-01T03:30:00Z')
    assert.equal(slotFrom(once, anchor(at), at - 1)?.at, at)
    assert.isNull(slotFrom(once, anchor(at), at + 1))
    assert.deepEqual(dueSlots(once, anchor(at), { next: at, now: at + 5 * MINUTE }), [at])
  })
})
