/** A day of the week, as files and forms name it. */
export type Weekday =
  'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'

/** A time of day, "09:30" (24 hours). */
export type TimeOfDay = string

/**
 * When a service runs by itself. Local times are in `timezone` (an IANA name; UTC by default).
 * A local time that the clock skips in spring runs later by the gap; one that comes twice in
 * autumn runs the first time only. `hourly` and `every` go by elapsed time: they run in both of
 * two equal hours.
 */
export type Times =
  /** The time zone only says what its blackouts mean. */
  | { every: number; unit: 'minutes' | 'hours'; timezone?: string }
  /** At so many minutes past each hour. */
  | { hourly: number; timezone?: string }
  | { daily: TimeOfDay[]; timezone?: string }
  | { weekly: Weekday[]; at: TimeOfDay[]; timezone?: string }
  /** On dates of each month; a date that a month lacks means its last day. */
  | { monthly: Array<number | 'last'>; at: TimeOfDay[]; timezone?: string }
  | { once: string; timezone?: string }

/** No run begins between these times. `until` before `from` means the next morning. */
export interface Blackout {
  from: TimeOfDay
  until: TimeOfDay
  /** The days on which it begins; all by default. */
  days?: Weekday[]
}

/** What happens to slots that passed while nothing ran. `last` by default. */
export type Misfire = 'all' | 'last' | 'none'
/** What happens to a slot while the run before it is still going. `skip` by default. */
export type Overlap = 'skip' | 'queue'

export type Schedule = Times & {
  misfire?: Misfire
  overlap?: Overlap
  /** Slots within are left out. In the schedule's time zone. */
  blackout?: Blackout[]
  /** Minutes over which the runs of different services are spread, always the same for one service. */
  jitter?: number
}
