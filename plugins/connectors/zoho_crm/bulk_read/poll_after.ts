const SOONEST = 500
const LATEST = 15_000

/** A quarter of the job's age, by Zoho's own clock: young jobs are asked often, old ones seldom. */
export function pollAfter(created: string | undefined, date: string | undefined): number {
  const age = Date.parse(date ?? '') - Date.parse(created ?? '')
  if (Number.isNaN(age)) return SOONEST
  return Math.round(Math.min(LATEST, Math.max(SOONEST, age / 4)))
}
