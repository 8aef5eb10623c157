import { DateTime } from 'luxon'
import type { Environment } from '@marcbachmann/cel-js'
import { shown } from './misfit.js'
import { dayOf, instantOf, instantText, isDate, readTime } from './time_text.js'
import { Zone, zoneOf } from './zone.js'

const DAY = 86_400_000
/** Letters of a format that stand for a time of day. */
const TIME_LETTERS = /[HhmsSa]/

function zoneNamed(name: string): Zone {
  if (!Zone.isKnown(name)) throw new Error(`'${shown(name)}' is not a time zone`)
  return zoneOf(name)
}

function instantFrom(value: unknown, zone: Zone): number {
  const text = value instanceof Date ? value.toISOString() : value
  const instant = typeof text === 'string' ? instantOf(text.trim(), zone) : null
  if (instant === null) throw new Error(`'${shown(value)}' is not a date or time`)
  return instant
}

/** A date where the format has no time of day, else an instant. */
function parseDate(text: unknown, format: string, zoneName: string): string {
  const zone = zoneNamed(zoneName)
  const written = DateTime.fromFormat(String(text).trim(), format, { zone: 'UTC', locale: 'en' })
  if (!written.isValid) throw new Error(`'${shown(text)}' is not a date like '${format}'`)
  if (!TIME_LETTERS.test(format)) return written.toISODate()
  if (/[zZ]/.test(format)) return instantText(written.toMillis())
  return instantText(zone.instant(written.toMillis()))
}

function formatDate(value: unknown, format: string, zoneName: string): string {
  const zone = zoneNamed(zoneName)
  return DateTime.fromMillis(instantFrom(value, zone), { zone: zone.name }).toFormat(format, {
    locale: 'en',
  })
}

/** Whole days on the calendar; an instant keeps its time of day in UTC. */
function addDays(value: unknown, days: bigint): string {
  const moved = instantFrom(value, zoneOf('UTC')) + Number(days) * DAY
  const wholeDay = typeof value === 'string' && isDate(value.trim())
  return wholeDay ? instantText(moved).slice(0, 10) : instantText(moved)
}

function dateIn(value: unknown, zoneName: string): string {
  const zone = zoneNamed(zoneName)
  const text = value instanceof Date ? value.toISOString() : String(value).trim()
  const day = readTime(text) ? dayOf(text, zone) : null
  if (day === null) throw new Error(`'${shown(value)}' is not a date or time`)
  return day
}

export function registerTimeFunctions(env: Environment): void {
  env.registerFunction('parseDate(dyn, string): string', (text: unknown, format: string) =>
    parseDate(text, format, 'UTC')
  )
  env.registerFunction('parseDate(dyn, string, string): string', parseDate)
  env.registerFunction('formatDate(dyn, string): string', (value: unknown, format: string) =>
    formatDate(value, format, 'UTC')
  )
  env.registerFunction('formatDate(dyn, string, string): string', formatDate)
  env.registerFunction('addDays(dyn, int): string', addDays)
  env.registerFunction('dateIn(dyn, string): string', dateIn)
}
