import type { Schedule } from '#sdk'

/** A schedule in words; null for a service that starts by hand only. */
export function scheduleText(schedule: Schedule | undefined): string | null {
  if (!schedule) return null
  if ('once' in schedule) {
    return `once, ${schedule.once.replace('T', ' ')} ${schedule.timezone ?? 'UTC'}`
  }
  if (schedule.every % 1440 === 0) return every(schedule.every / 1440, 'day')
  if (schedule.every % 60 === 0) return every(schedule.every / 60, 'hour')
  return every(schedule.every, 'minute')
}

function every(number: number, unit: string): string {
  return number === 1 ? `every ${unit}` : `every ${number} ${unit}s`
}
