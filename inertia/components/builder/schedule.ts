import type { BuilderSchedule } from '../../types.js'

export type Kind = 'every' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'once'

export const KINDS: Array<{ value: Kind; label: string }> = [
  { value: 'every', label: 'Every so many minutes or hours' },
  { value: 'hourly', label: 'Every hour, at a minute' },
  { value: 'daily', label: 'Daily' },
  { value: 'weekly', label: 'On days of the week' },
  { value: 'monthly', label: 'On days of the month' },
  { value: 'once', label: 'Once' },
]

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

export type Weekday = (typeof WEEKDAYS)[number]

export function kindOf(schedule: BuilderSchedule): Kind {
  return KINDS.find(({ value }) => value in schedule)?.value ?? 'every'
}

/** Another kind of schedule; its policies and time zone stay. */
export function changeKind(schedule: BuilderSchedule, kind: Kind, zone: string): BuilderSchedule {
  const { misfire, overlap, blackout, jitter } = schedule
  const kept = Object.fromEntries(
    Object.entries({ misfire, overlap, blackout, jitter }).filter(
      ([, value]) => value !== undefined
    )
  )
  const timezone = schedule.timezone ?? zone
  const times = {
    every: { every: 15, unit: 'minutes' as const, timezone },
    hourly: { hourly: 0, timezone },
    daily: { daily: ['07:00'], timezone },
    weekly: { weekly: ['monday' as const], at: ['07:00'], timezone },
    monthly: { monthly: [1], at: ['07:00'], timezone },
    once: { once: '', timezone },
  }
  return { ...times[kind], ...kept }
}

/** "07:00, 19:30" as a list. */
export function listed(text: string | number): string[] {
  return String(text)
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d:\d\d$/.test(part) ? `0${part}` : part))
}

export function dates(text: string | number): Array<number | 'last'> {
  return String(text)
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => (part.toLowerCase() === 'last' ? 'last' : Number(part)))
}
