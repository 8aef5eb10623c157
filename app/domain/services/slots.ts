import { DateTime } from 'luxon'
import type { Misfire, Schedule } from '#sdk'

const MINUTE = 60_000
/** A slot that is handled within a minute of its time is on time, whatever the misfire policy. */
const GRACE = MINUTE
/** Slots of one schedule that one look starts; the next look goes on after them. */
export const MOST_AT_ONCE = 100

/** The first slot at or after `from`; null when there is none. Times are milliseconds since the epoch. */
export function slotFrom(schedule: Schedule, startsAt: number, from: number): number | null {
  if ('once' in schedule) {
    const at = onceAt(schedule)
    return at >= from ? at : null
  }
  const period = schedule.every * MINUTE
  return from <= startsAt ? startsAt : startsAt + Math.ceil((from - startsAt) / period) * period
}

/** A local time that the clock skips in spring is moved on by the gap; one that comes twice means the first. */
export function onceAt({ once, timezone }: { once: string; timezone?: string }): number {
  return DateTime.fromISO(once, { zone: timezone ?? 'utc' }).toMillis()
}

/** The first slots from `next` to now that the misfire policy wants started, in order. */
export function dueSlots(
  schedule: Schedule,
  startsAt: number,
  next: number,
  now: number
): number[] {
  const misfire: Misfire = schedule.misfire ?? 'last'
  const last = lastSlot(schedule, startsAt, next, now)
  if (last === null) return []
  if (misfire === 'last') return [last]
  if (misfire === 'none') return now - last <= GRACE ? [last] : []
  const due: number[] = []
  for (let slot: number | null = next; slot !== null && slot <= now && due.length < MOST_AT_ONCE;) {
    due.push(slot)
    slot = slotFrom(schedule, startsAt, slot + 1)
  }
  return due
}

function lastSlot(schedule: Schedule, startsAt: number, next: number, now: number): number | null {
  if (next > now) return null
  if ('once' in schedule) return next
  const period = schedule.every * MINUTE
  return startsAt + Math.floor((now - startsAt) / period) * period
}
