import { DateTime, IANAZone } from 'luxon'
import { isObject } from '#domain/connections/connection_file'

type Known = { [name: string]: unknown }
type Check = (schedule: Known) => string | null

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const POLICIES = ['misfire', 'overlap', 'blackout', 'jitter']
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

/** Each kind by the name that only it has, with all it may say. */
const KINDS: { [kind: string]: { names: string[]; check: Check } } = {
  every: { names: ['every', 'unit', 'timezone'], check: checkEvery },
  hourly: { names: ['hourly', 'timezone'], check: checkHourly },
  daily: { names: ['daily', 'timezone'], check: ({ daily }) => checkTimes('daily', daily) },
  weekly: { names: ['weekly', 'at', 'timezone'], check: checkWeekly },
  monthly: { names: ['monthly', 'at', 'timezone'], check: checkMonthly },
  once: { names: ['once', 'timezone'], check: checkOnce },
}

/** All that is wrong with a schedule as a file or a form gives it; each sentence names its place. */
export function scheduleProblems(schedule: unknown): string[] {
  if (schedule === undefined) return []
  if (!isObject(schedule)) return ['schedule must be a list of settings such as "every: 15"']
  const kinds = Object.keys(KINDS).filter((kind) => kind in schedule)
  if (kinds.length !== 1) {
    return [`schedule needs exactly one of ${Object.keys(KINDS).join(', ')}`]
  }
  const { names, check } = KINDS[kinds[0]]
  const known = [...names, ...POLICIES]
  const unknown = Object.keys(schedule)
    .filter((name) => !known.includes(name))
    .map((name) => `schedule.${name} is not known here; known are: ${known.join(', ')}`)
  const found = [check(schedule), checkZone(schedule), ...checkPolicies(schedule)]
  return [...unknown, ...found.filter((problem) => problem !== null)]
}

function checkEvery({ every, unit }: Known): string | null {
  if (!isWhole(every, 1, 525_600)) return 'schedule.every must be a whole number from 1 to 525600'
  const isUnit = unit === 'minutes' || unit === 'hours'
  return isUnit ? null : 'schedule.unit must be minutes or hours'
}

function checkHourly({ hourly }: Known): string | null {
  return isWhole(hourly, 0, 59) ? null : 'schedule.hourly must be a minute of the hour, 0 to 59'
}

function checkWeekly({ weekly, at }: Known): string | null {
  const isList = Array.isArray(weekly) && weekly.length > 0
  if (!isList || !weekly.every((day) => DAYS.includes(String(day)))) {
    return `schedule.weekly must be a list of days: ${DAYS.join(', ')}`
  }
  return checkTimes('at', at)
}

function checkMonthly({ monthly, at }: Known): string | null {
  const isDate = (date: unknown) => date === 'last' || isWhole(date, 1, 31)
  if (!Array.isArray(monthly) || monthly.length === 0 || !monthly.every(isDate)) {
    return 'schedule.monthly must be a list of dates from 1 to 31, or "last"'
  }
  return checkTimes('at', at)
}

function checkOnce({ once }: Known): string | null {
  if (typeof once === 'string' && DateTime.fromISO(once).isValid) return null
  return 'schedule.once must be a date and time such as "2026-12-01T09:00"'
}

function checkTimes(name: string, times: unknown): string | null {
  const isList = Array.isArray(times) && times.length > 0
  if (isList && times.every((time) => typeof time === 'string' && TIME.test(time))) return null
  return `schedule.${name} must be a list of times such as ["09:00", "17:30"]`
}

function checkZone({ timezone }: Known): string | null {
  if (timezone === undefined) return null
  if (typeof timezone === 'string' && IANAZone.isValidZone(timezone)) return null
  return `schedule.timezone: "${String(timezone)}" is not an IANA time zone, for example Europe/Berlin`
}

function checkPolicies({ misfire, overlap, blackout, jitter }: Known): Array<string | null> {
  return [
    isOneOf(misfire, ['all', 'last', 'none']) ? null : 'schedule.misfire must be all, last or none',
    isOneOf(overlap, ['skip', 'queue']) ? null : 'schedule.overlap must be skip or queue',
    jitter === undefined || isWhole(jitter, 0, 1440)
      ? null
      : 'schedule.jitter must be whole minutes, 0 to 1440',
    blackout === undefined || (Array.isArray(blackout) && blackout.every(isBlackout))
      ? null
      : 'schedule.blackout must be a list of { from: "22:00", until: "06:00" }, with days if only some',
  ]
}

function isBlackout(value: unknown): boolean {
  if (!isObject(value)) return false
  const { from, until, days = [] } = value
  const isTime = (text: unknown) => typeof text === 'string' && TIME.test(text)
  const isSpan = isTime(from) && isTime(until) && from !== until
  return isSpan && Array.isArray(days) && days.every((day) => DAYS.includes(String(day)))
}

function isOneOf(value: unknown, choices: string[]): boolean {
  return value === undefined || choices.includes(String(value))
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}
