import type { Schedule } from '#sdk'

/** A schedule in words; null for a service that starts by hand only. */
export function scheduleText(schedule: Schedule | undefined): string | null {
  if (!schedule) return null
  const zone = schedule.timezone ?? 'UTC'
  if ('once' in schedule) return `once, ${schedule.once.replace('T', ' ')} ${zone}`
  if ('hourly' in schedule) return `hourly at ${String(schedule.hourly).padStart(2, '0')} past`
  if ('daily' in schedule) return `daily at ${listed(schedule.daily)}, ${zone}`
  if ('weekly' in schedule) {
    return `every ${listed(schedule.weekly.map(titled))} at ${listed(schedule.at)}, ${zone}`
  }
  if ('monthly' in schedule) {
    return `monthly on ${listed(schedule.monthly.map(dateText))} at ${listed(schedule.at)}, ${zone}`
  }
  const minutes = schedule.every * (schedule.unit === 'hours' ? 60 : 1)
  if (minutes % 1440 === 0) return every(minutes / 1440, 'day')
  if (minutes % 60 === 0) return every(minutes / 60, 'hour')
  return every(minutes, 'minute')
}

function every(number: number, unit: string): string {
  return number === 1 ? `every ${unit}` : `every ${number} ${unit}s`
}

function dateText(date: number | 'last'): string {
  return date === 'last' ? 'the last day' : `day ${date}`
}

function titled(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function listed(parts: string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
