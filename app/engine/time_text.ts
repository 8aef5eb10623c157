import type { Zone } from './zone.js'

/** What may follow minutes: seconds, a fraction and an offset. */
const REST = /^(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d\d:?\d\d|[+-]\d\d)?$/

const MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const DAY_LENGTH = 10
const MINUTES_LENGTH = 16
const SECONDS_LENGTH = 19
const DAY = 86_400_000

const DASH = 45
const COLON = 58
const SPACE = 32
const LETTER_T = 84

/** A time as it was written. `offset` is null where the text says none. */
interface WrittenTime {
  /** Milliseconds, as if the clock showed UTC. */
  wall: number
  offset: number | null
}

export function isDate(text: string): boolean {
  return text.length === DAY_LENGTH && readTime(text) !== null
}

/** Read by hand: a time in each record makes this the hottest place of a run. */
export function readTime(text: string): WrittenTime | null {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return null
  const year = number(text, 0, 4)
  const month = number(text, 5, 7)
  const day = number(text, 8, 10)
  if (!(year >= 0) || !(month >= 1 && month <= 12)) return null
  if (!(day >= 1 && day <= daysIn(year, month))) return null
  const midnight = dayStart(year, month, day)
  if (text.length === DAY_LENGTH) return { wall: midnight, offset: null }

  const between = text.charCodeAt(DAY_LENGTH)
  if (between !== SPACE && between !== LETTER_T) return null
  if (text.charCodeAt(13) !== COLON) return null
  const hour = number(text, 11, 13)
  const minute = number(text, 14, 16)
  if (!(hour < 24 && minute < 60)) return null
  const wall = midnight + hour * 3_600_000 + minute * 60_000
  if (text.length === SECONDS_LENGTH && text.charCodeAt(MINUTES_LENGTH) === COLON) {
    const second = number(text, 17, 19)
    return second < 60 ? { wall: wall + second * 1000, offset: null } : null
  }
  return readRest(text, wall)
}

function readRest(text: string, wall: number): WrittenTime | null {
  const found = REST.exec(text.slice(MINUTES_LENGTH))
  if (!found) return null
  const second = Number(found[1] ?? 0)
  if (second > 59) return null
  const fraction = found[2] ? Math.trunc(Number(`0.${found[2]}`) * 1000) : 0
  const offset = found[3] === undefined ? null : offsetOf(found[3])
  return { wall: wall + second * 1000 + fraction, offset }
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
  if (time.offset === null) return text.slice(0, DAY_LENGTH)
  const instant = time.wall - time.offset
  return dayText(Math.floor((instant + zone.offset(instant)) / DAY))
}

/** ISO 8601 in UTC; without a fraction where there is none. */
export function instantText(instant: number): string {
  const day = Math.floor(instant / DAY)
  const rest = instant - day * DAY
  const seconds = Math.floor(rest / 1000)
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const text = `${dayText(day)}T${TWO[hour]}:${TWO[minute]}:${TWO[seconds % 60]}`
  const fraction = rest % 1000
  return fraction === 0 ? `${text}Z` : `${text}.${String(fraction).padStart(3, '0')}Z`
}

const TWO = Array.from({ length: 60 }, (_, index) => String(index).padStart(2, '0'))
const MOST_DAYS = 50_000
const dayTexts = new Map<number, string>()

function dayText(day: number): string {
  let text = dayTexts.get(day)
  if (text === undefined) {
    if (dayTexts.size > MOST_DAYS) dayTexts.clear()
    text = new Date(day * DAY).toISOString().slice(0, -14)
    dayTexts.set(day, text)
  }
  return text
}

/** NaN where there is anything but digits. */
function number(text: string, start: number, end: number): number {
  let value = 0
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function dayStart(year: number, month: number, day: number): number {
  if (year >= 100) return Date.UTC(year, month - 1, day)
  return new Date(0).setUTCFullYear(year, month - 1, day)
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
