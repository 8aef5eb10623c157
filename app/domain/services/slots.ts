import { DateTime } from 'luxon'
import {
  hourlyFrom,
  isBlackedOut,
  isCalendar,
  slotsOfDay,
  type CalendarTimes,
  type Shift,
} from '#domain/services/calendar'
import type { Misfire, Schedule } from '#sdk'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** A slot that is handled within a minute of its time is on time, whatever the misfire policy. */
const GRACE = MINUTE
/** Slots of one schedule that one look starts; the next look goes on after them. */
export const MOST_AT_ONCE = 100
/** A schedule without a slot in so many days has none: its blackouts cover them all. */
const LONGEST_WAIT = 400
/** Slots in a blackout that are passed over, one by one, before the days are counted. */
const MOST_DARK = 50_000

export interface Slot {
  at: number
  shift: Shift
}

/** Where the slots of a schedule lie: the first of an interval, and how far its service is set off from others. */
export interface Anchor {
  startsAt: number
  /** Milliseconds, less than the schedule's jitter. */
  offset: number
}

/** The first slot at or after `from`; null when there is none. Times are milliseconds since the epoch. */
export function slotFrom(schedule: Schedule, anchor: Anchor, from: number): Slot | null {
  const { offset } = anchor
  const latest = from + LONGEST_WAIT * DAY
  let nominal = nominalFrom(schedule, anchor.startsAt, from - offset)
  for (let dark = 0; nominal !== null && dark < MOST_DARK; dark += 1) {
    if (!isDark(schedule, nominal.at)) return { ...nominal, at: nominal.at + offset }
    if (nominal.at > latest) return null
    nominal = nominalFrom(schedule, anchor.startsAt, nominal.at + 1)
  }
  return null
}

/** The next slots from a moment on, as a person sees them before saving. */
export function nextSlots(schedule: Schedule, anchor: Anchor, from: number, count: number): Slot[] {
  const slots: Slot[] = []
  let slot = slotFrom(schedule, anchor, from)
  while (slot !== null && slots.length < count) {
    slots.push(slot)
    slot = slotFrom(schedule, anchor, slot.at + 1)
  }
  return slots
}

/** A local time that the clock skips in spring is moved on by the gap; one that comes twice means the first. */
export function onceAt({ once, timezone }: { once: string; timezone?: string }): number {
  return DateTime.fromISO(once, { zone: timezone ?? 'utc' }).toMillis()
}

/** The first slot of an interval that is set now: a whole period ahead, on a full minute. */
export function firstOf(schedule: Schedule, now: number): number {
  if ('once' in schedule) return onceAt(schedule)
  const next = Math.ceil((now + 1) / MINUTE) * MINUTE
  return 'every' in schedule ? next + periodOf(schedule) - MINUTE : next
}

/** Nothing begins in a blackout, not even what was missed: it is made up for afterwards. */
export function waitsForLight(
  schedule: Schedule,
  { next, now }: { next: number; now: number }
): boolean {
  return now - next > GRACE && isDark(schedule, now)
}

/** The slots from `next` to now that the misfire policy wants started, in order. */
export function dueSlots(
  schedule: Schedule,
  anchor: Anchor,
  { next, now }: { next: number; now: number }
): number[] {
  const misfire: Misfire = schedule.misfire ?? 'last'
  if (misfire === 'all') return slotsUntil(schedule, anchor, { next, now }, MOST_AT_ONCE)
  const last = lastSlot(schedule, anchor, { next, now })
  if (last === null) return []
  return misfire === 'last' || now - last <= GRACE ? [last] : []
}

/** The last slot of those up to now, found from now backwards: a server may have been off for months. */
function lastSlot(
  schedule: Schedule,
  anchor: Anchor,
  { next, now }: { next: number; now: number }
): number | null {
  for (let back = spanOf(schedule); ; back *= 2) {
    const from = Math.max(next, now - back)
    const slots = slotsUntil(schedule, anchor, { next: from, now }, Infinity)
    const last = slots.at(-1)
    if (last !== undefined) return last
    if (from === next) return null
  }
}

function slotsUntil(
  schedule: Schedule,
  anchor: Anchor,
  { next, now }: { next: number; now: number },
  most: number
): number[] {
  const slots: number[] = []
  for (let from = next; slots.length < most;) {
    const slot = slotFrom(schedule, anchor, from)
    if (slot === null || slot.at > now) break
    slots.push(slot.at)
    from = slot.at + 1
  }
  return slots
}

/** A stretch that surely holds a slot or two, blackouts apart. */
function spanOf(schedule: Schedule): number {
  if ('every' in schedule) return periodOf(schedule)
  return 'hourly' in schedule ? DAY / 12 : DAY
}

function nominalFrom(schedule: Schedule, startsAt: number, from: number): Slot | null {
  if (isCalendar(schedule)) return calendarFrom(schedule, from)
  if ('hourly' in schedule) {
    return { at: hourlyFrom(schedule.hourly, schedule.timezone ?? 'utc', from), shift: null }
  }
  if ('once' in schedule) {
    const at = onceAt(schedule)
    return at >= from ? { at, shift: null } : null
  }
  const period = periodOf(schedule)
  const passed = from <= startsAt ? 0 : Math.ceil((from - startsAt) / period)
  return { at: startsAt + passed * period, shift: null }
}

function calendarFrom(times: CalendarTimes, from: number): Slot | null {
  const first = DateTime.fromMillis(from, { zone: times.timezone ?? 'utc' }).startOf('day')
  // Slots of the day before may have been moved past midnight.
  for (let days = -1; days <= LONGEST_WAIT; days += 1) {
    const slot = slotsOfDay(times, first.plus({ days })).find(({ at }) => at >= from)
    if (slot) return slot
  }
  return null
}

function periodOf({ every, unit }: { every: number; unit: 'minutes' | 'hours' }): number {
  return every * MINUTE * (unit === 'hours' ? 60 : 1)
}

function isDark({ blackout = [], ...times }: Schedule, at: number): boolean {
  return blackout.length > 0 && isBlackedOut(blackout, times.timezone ?? 'utc', at)
}
