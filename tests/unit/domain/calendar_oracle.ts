import type { Weekday } from '#sdk'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const DAY_NAMES: Weekday[] = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
]

export interface Wanted {
  times: string[]
  dates: Array<number | 'last'> | null
  days: Weekday[] | null
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Minutes that a zone's clock is ahead of UTC, by the runtime's own tables. */
export function offsetAt(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric' },
    })
  formats.set(timeZone, format)
  const part = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)])
  )
  const shown = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute)
  return Math.round((shown - Math.floor(at / MINUTE) * MINUTE) / MINUTE)
}

/** All slots in a stretch, found by going through its days by plain arithmetic. */
export function expectedSlots(
  wanted: Wanted,
  timeZone: string,
  from: number,
  until: number
): number[] {
  const slots = new Set<number>()
  const first = Math.floor(from / DAY) * DAY - 2 * DAY
  for (let day = first; day < until + 2 * DAY; day += DAY) {
    if (!falls(wanted, new Date(day))) continue
    for (const time of wanted.times) {
      const [hours, minutes] = time.split(':').map(Number)
      slots.add(instantOf(day + (hours * 60 + minutes) * MINUTE, timeZone))
    }
  }
  return [...slots].filter((at) => at >= from && at < until).sort((a, b) => a - b)
}

function falls({ dates, days }: Wanted, day: Date): boolean {
  if (days) return days.includes(DAY_NAMES[day.getUTCDay()])
  if (!dates) return true
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  return dates.some((date) => (date === 'last' ? last : Math.min(date, last)) === day.getUTCDate())
}

/** @param wall what the clock shows, written as if it were UTC */
function instantOf(wall: number, timeZone: string): number {
  const [before, after] = [wall - DAY, wall + DAY].map((at) => offsetAt(at, timeZone))
  const shows = [before, after]
    .map((offset) => wall - offset * MINUTE)
    .filter((at) => at + offsetAt(at, timeZone) * MINUTE === wall)
  return shows.length > 0 ? Math.min(...shows) : wall - before * MINUTE
}
