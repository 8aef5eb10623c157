import type { Zone } from './zone.js'

const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d\d:?\d\d|[+-]\d\d)?)?$/

const MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const INTEGER_DAY = 10

export function isDate(text: string): boolean {
  return text.length === INTEGER_DAY && readTime(text) !== null
}

/** A time as it was written. `offset` is null where the text says none. */
interface WrittenTime {
  /** Milliseconds, as if the clock showed UTC. */
  wall: number
  offset: number | null
  hasTime: boolean
}

export function readTime(text: string): WrittenTime | null {
  const found = SHAPE.exec(text)
  if (!found) return null
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  const [hour, minute, second] = [found[4], found[5], found[6]].map((part) => Number(part ?? 0))
  if (hour > 23 || minute > 59 || second > 59) return null
  const fraction = found[7] ? Math.trunc(Number(`0.${found[7]}`) * 1000) : 0
  const moment = new Date(0)
  moment.setUTCFullYear(year, month - 1, day)
  moment.setUTCHours(hour, minute, second, fraction)
  return {
    wall: moment.getTime(),
    offset: found[8] === undefined ? null : offsetOf(found[8]),
    hasTime: found[4] !== undefined,
  }
}

/** The instant meant by a text; a text without an offset is read in `zone`. */
export function instantOf(text: string, zone: Zone): number | null {
  const time = readTime(text)
  if (!time) return null
  return time.offset === null ? zone.instant(time.wall) : time.wall - time.offset
}

/** The day meant by a text: as written without an offset, else the day that `zone` had then. */
export function dayOf(text: string, zone: Zone): string | null {
  const time = readTime(text)
  if (!time) return null
  if (time.offset === null) return text.slice(0, INTEGER_DAY)
  const instant = time.wall - time.offset
  return new Date(instant + zone.offset(instant)).toISOString().slice(0, INTEGER_DAY)
}

/** ISO 8601 in UTC; without a fraction where there is none. */
export function instantText(instant: number): string {
  const text = new Date(instant).toISOString()
  return instant % 1000 === 0 ? `${text.slice(0, -5)}Z` : text
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && !leap ? 28 : MONTHS[month - 1]
}

function offsetOf(text: string): number {
  if (text === 'Z' || text === 'z') return 0
  const digits = text.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (text[0] === '-' ? -minutes : minutes) * 60_000
}
