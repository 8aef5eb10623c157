import { DateTime } from 'luxon'
import type { Blackout, Times, Weekday } from '#sdk'

const MINUTE = 60_000
const DAY_NAMES: Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]

/** The kinds whose slots follow the calendar rather than elapsed time. */
export type CalendarTimes = Extract<Times, { daily: string[] } | { at: string[] }>

/** What the clock did to a slot: moved it out of a skipped hour, or gave it a choice of two. */
export type Shift = 'moved' | 'doubled' | null

export interface LocalSlot {
  at: number
  shift: Shift
}

export function isCalendar(times: Times): times is CalendarTimes {
  return 'daily' in times || 'weekly' in times || 'monthly' in times
}

/** The slots of one local day, in order, each moment once. */
export function slotsOfDay(times: CalendarTimes, day: DateTime): LocalSlot[] {
  if (!falls(times, day)) return []
  const texts = 'daily' in times ? times.daily : times.at
  const slots = texts.map((text) => slotAt(day, text)).sort((a, b) => a.at - b.at)
  return slots.filter((slot, index) => slot.at !== slots[index - 1]?.at)
}

function falls(times: CalendarTimes, day: DateTime): boolean {
  if ('weekly' in times) return times.weekly.includes(DAY_NAMES[day.weekday - 1])
  if (!('monthly' in times)) return true
  const last = day.endOf('month').day
  return times.monthly.some((date) => (date === 'last' ? last : Math.min(date, last)) === day.day)
}

function slotAt(day: DateTime, text: string): LocalSlot {
  const [hour, minute] = text.split(':').map(Number)
  const { year, month, day: date } = day
  const local = DateTime.fromObject({ year, month, day: date, hour, minute }, { zone: day.zone })
  const choices = local.getPossibleOffsets().map((each) => each.toMillis())
  if (choices.length > 1) return { at: Math.min(...choices), shift: 'doubled' }
  const isMoved = local.hour !== hour || local.minute !== minute
  return { at: local.toMillis(), shift: isMoved ? 'moved' : null }
}

/** The first moment at or after `from` at which a clock in `zone` shows `minute` past the hour. */
export function hourlyFrom(minute: number, zone: string, from: number): number {
  let at = Math.ceil(from / MINUTE) * MINUTE
  for (;;) {
    const shown = DateTime.fromMillis(at, { zone }).minute
    if (shown === minute) return at
    const ahead = (minute - shown + 60) % 60
    const there = DateTime.fromMillis(at + ahead * MINUTE, { zone }).minute
    // Where a clock is set by less than an hour in between, only going slowly finds the minute.
    at += (there === minute ? ahead : 1) * MINUTE
  }
}

export function isBlackedOut(blackouts: Blackout[], zone: string, at: number): boolean {
  const local = DateTime.fromMillis(at, { zone })
  const now = local.hour * 60 + local.minute
  return blackouts.some(({ from, until, days }) => {
    const [start, end] = [minutesOf(from), minutesOf(until)]
    const begins = (offset: number) =>
      days === undefined || days.includes(DAY_NAMES[(local.weekday - 1 - offset + 7) % 7])
    if (start < end) return now >= start && now < end && begins(0)
    return (now >= start && begins(0)) || (now < end && begins(1))
  })
}

function minutesOf(text: string): number {
  const [hours, minutes] = text.split(':').map(Number)
  return hours * 60 + minutes
}
