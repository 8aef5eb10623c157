import { test } from '@japa/runner'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { dueSlots, nextSlots, slotFrom } from '#domain/services/slots'
import type { Blackout, Schedule, Weekday } from '#sdk'
import { expectedSlots, offsetAt, type Wanted } from './calendar_oracle.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Apia',
]
const DAYS: Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]
const ANCHOR = { startsAt: 0, offset: 0 }

const zone = fc.constantFrom(...ZONES)
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
// Half of them at night, where clocks are set.
const times = fc.uniqueArray(fc.oneof(time, fc.constantFrom('00:00', '01:30', '02:00', '02:30')), {
  minLength: 1,
  maxLength: 3,
})
const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) })
const dates = fc.uniqueArray(
  fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)),
  {
    minLength: 1,
    maxLength: 3,
  }
)
const wanted: fc.Arbitrary<Wanted> = fc.oneof(
  fc.record({ times, dates: fc.constant(null), days: fc.constant(null) }),
  fc.record({ times, dates, days: fc.constant(null) }),
  fc.record({
    times,
    dates: fc.constant(null),
    days: fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }),
  })
)

function scheduleOf({ times: at, dates: monthly, days }: Wanted, timezone: string): Schedule {
  if (monthly) return { monthly, at, timezone }
  return days ? { weekly: days, at, timezone } : { daily: at, timezone }
}

function slotsBetween(schedule: Schedule, from: number, until: number): number[] {
  const slots: number[] = []
  let slot = slotFrom(schedule, ANCHOR, from)
  while (slot !== null && slot.at < until) {
    slots.push(slot.at)
    slot = slotFrom(schedule, ANCHOR, slot.at + 1)
  }
  return slots
}

test.group('A schedule by the calendar', () => {
  test('has the slots that the wall clock of its zone says, for ten years and eight zones', ({
    assert,
  }) => {
    fc.assert(
      fc.property(wanted, zone, moment, (want, timezone, from) => {
        const until = from + 70 * DAY
        const slots = slotsBetween(scheduleOf(want, timezone), from, until)
        assert.deepEqual(slots, expectedSlots(want, timezone, from, until))
      }),
      { numRuns: 150 }
    )
  })

  test('by the hour has a slot in each hour that passes, whatever the clock does', ({ assert }) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59 }), zone, moment, (hourly, timezone, from) => {
        const slots = nextSlots({ hourly, timezone }, ANCHOR, from, 30).map(({ at }) => at)
        for (const [index, at] of slots.entries()) {
          assert.equal(DateTime.fromMillis(at, { zone: timezone }).minute, hourly)
          const gap = at - (slots[index - 1] ?? at - 60 * MINUTE)
          const isSteady = offsetAt(at, timezone) === offsetAt(at - gap, timezone)
          if (isSteady) assert.equal(gap, 60 * MINUTE)
          else assert.isAtMost(gap, 90 * MINUTE)
        }
        assert.isBelow(slots[0] - from, 90 * MINUTE)
      }),
      { numRuns: 100 }
    )
  })

  test('says which slots the clock moves or doubles', ({ assert }) => {
    const from = (text: string) => DateTime.fromISO(text, { zone: 'Europe/Berlin' }).toMillis()
    const schedule: Schedule = { daily: ['02:30'], timezone: 'Europe/Berlin' }
    const [spring] = nextSlots(schedule, ANCHOR, from('2026-03-29T00:00'), 1)
    assert.deepEqual(spring, { at: Date.parse('2026-03-29T01:30:00Z'), shift: 'moved' })
    const [first, second] = nextSlots(schedule, ANCHOR, from('2026-10-25T00:00'), 2)
    assert.deepEqual(first, { at: Date.parse('2026-10-25T00:30:00Z'), shift: 'doubled' })
    assert.deepEqual(second, { at: Date.parse('2026-10-26T01:30:00Z'), shift: null })
  })

  test('leaves out what lies in a blackout', ({ assert }) => {
    const blackout: Blackout[] = [{ from: '22:00', until: '06:00', days: ['friday'] }]
    const schedule: Schedule = { hourly: 0, timezone: 'Asia/Kolkata', blackout }
    const from = DateTime.fromISO('2026-11-20T21:30', { zone: 'Asia/Kolkata' }).toMillis()
    const shown = nextSlots(schedule, ANCHOR, from, 2).map(({ at }) =>
      DateTime.fromMillis(at, { zone: 'Asia/Kolkata' }).toFormat('EEE HH:mm')
    )
    assert.deepEqual(shown, ['Sat 06:00', 'Sat 07:00'], 'Friday evening until Saturday morning')
    const always: Blackout[] = [
      { from: '00:00', until: '23:59' },
      { from: '23:59', until: '00:00' },
    ]
    assert.isNull(slotFrom({ hourly: 0, blackout: always }, ANCHOR, from))
  })

  test('an interval is dark by the clock of its zone, and goes by elapsed time else', ({
    assert,
  }) => {
    const blackout: Blackout[] = [{ from: '22:00', until: '06:00' }]
    const every: Schedule = { every: 30, unit: 'minutes', timezone: 'Asia/Kolkata', blackout }
    const startsAt = DateTime.fromISO('2026-11-20T21:15', { zone: 'Asia/Kolkata' }).toMillis()
    const shown = nextSlots(every, { startsAt, offset: 0 }, startsAt, 4).map(({ at }) =>
      DateTime.fromMillis(at, { zone: 'Asia/Kolkata' }).toFormat('HH:mm')
    )
    assert.deepEqual(shown, ['21:15', '21:45', '06:15', '06:45'])
  })

  test('is set off by its offset, and by nothing else', ({ assert }) => {
    fc.assert(
      fc.property(
        wanted,
        zone,
        moment,
        fc.integer({ min: 0, max: DAY }),
        (want, tz, from, offset) => {
          const schedule = scheduleOf(want, tz)
          const plain = slotFrom(schedule, ANCHOR, from)
          const set = slotFrom(schedule, { startsAt: 0, offset }, from + offset)
          assert.equal(set?.at, Number(plain?.at) + offset)
        }
      ),
      { numRuns: 60 }
    )
  })

  test('of all that was missed the last is found, however long ago', ({ assert }) => {
    fc.assert(
      fc.property(
        wanted,
        zone,
        moment,
        fc.integer({ min: 0, max: 100 }),
        (want, tz, next, days) => {
          const schedule = scheduleOf(want, tz)
          const now = next + days * DAY
          const all = expectedSlots(want, tz, next, now + 1)
          assert.deepEqual(dueSlots(schedule, ANCHOR, { next, now }), all.slice(-1))
        }
      ),
      { numRuns: 60 }
    )
  })
})
