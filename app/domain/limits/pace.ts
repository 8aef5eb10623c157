/** A refusal speaks of the calls that were under way then, so those of the same moment count once. */
const ONE_REFUSAL = 1_000
/** One more call at once for each such time without a refusal. */
const GROWS_EVERY = 10_000

/** How many calls at once a vendor let pass, and since when. Null: it never refused one. */
export interface Pace {
  allowed: number
  since: number
}

/** Calls at once that are tried at `now`: halved by a refusal, and one more every ten seconds. */
export function allowedAt(pace: Pace | null, limit: number, now: number): number {
  if (pace === null) return limit
  const grown = Math.floor(Math.max(0, now - pace.since) / GROWS_EVERY)
  return Math.max(1, Math.min(limit, pace.allowed + grown))
}

export function isSameRefusal(pace: Pace | null, now: number): boolean {
  return pace !== null && now - pace.since < ONE_REFUSAL
}

/** The pace after a refusal. */
export function slowed(pace: Pace | null, limit: number, now: number): Pace {
  if (pace !== null && isSameRefusal(pace, now)) return pace
  return { allowed: Math.max(1, Math.floor(allowedAt(pace, limit, now) / 2)), since: now }
}
