import { DateTime } from 'luxon'
import type { Schedule } from '#sdk'
import { firstOf, nextSlots } from '#domain/services/slots'

export type SlotRow = {
  at: string
  /** As a clock in the schedule's time zone shows it. */
  text: string
  /** What the change of the clocks does to it; null on a usual day. */
  note: string | null
}

const COUNT = 10
const SHIFTS = {
  moved: 'the clock skips this hour, so it runs later',
  doubled: 'the hour comes twice; it runs the first time',
}

/** Its service's share of these minutes is not known before it is saved; null where it has none. */
export function spreadText({ jitter = 0 }: Schedule): string | null {
  if (jitter === 0) return null
  const minutes = jitter === 1 ? 'a minute' : `${jitter} minutes`
  return `Plus up to ${minutes}, always the same for this service.`
}

/** The next runs of a schedule, as they would be if it were saved now. */
export function viewSlots(schedule: Schedule, now: number): SlotRow[] {
  const zone = schedule.timezone ?? 'utc'
  const anchor = { startsAt: firstOf(schedule, now), offset: 0 }
  let before = DateTime.fromMillis(now, { zone }).offset
  return nextSlots(schedule, anchor, now, COUNT).map(({ at, shift }) => {
    const local = DateTime.fromMillis(at, { zone, locale: 'en-GB' })
    const isChanged = local.offset !== before
    before = local.offset
    const changed = isChanged ? 'the clocks have changed before this run' : null
    return {
      at: local.toUTC().toISO() ?? '',
      text: local.toFormat("ccc d LLL yyyy, HH:mm '(UTC'ZZ')'"),
      note: shift === null ? changed : SHIFTS[shift],
    }
  })
}
