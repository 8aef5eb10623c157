export const DAY = 24 * 3_600_000
export const MINUTE = 60_000

export interface Spent {
  /** Milliseconds since the epoch. */
  at: number
  credits: number
}

/** What is known of an account whose credits each come back 24 hours after they were spent. */
export interface RollingCredits {
  perDay: number
  /** What was spent through us in the 24 hours before now, and in those before `told.at`. */
  spent: Spent[]
  /** What the vendor last said was left. */
  told: { remaining: number; at: number } | null
}

/**
 * How many are left at `now`. What the vendor counted and we did not spend was spent elsewhere;
 * nobody says when, so it is taken to come back evenly over the 24 hours after the vendor's word.
 */
export function leftAt({ perDay, spent, told }: RollingCredits, now: number): number {
  if (told === null || now - told.at >= DAY) {
    return perDay - sum(spent.filter(({ at }) => at > now - DAY))
  }
  const before = spent.filter(({ at }) => at <= told.at && at > told.at - DAY)
  const elsewhere = perDay - told.remaining - sum(before)
  const back = sum(before.filter(({ at }) => at <= now - DAY))
  const since = sum(spent.filter(({ at }) => at > told.at))
  return Math.floor(told.remaining + back - since + (elsewhere * (now - told.at)) / DAY)
}

/**
 * The first whole minute from `now` on at which `wanted` are left, if nothing else is spent.
 * When that is never so, the minute at which all is back.
 */
export function enoughAt(credits: RollingCredits, wanted: number, now: number): number {
  if (leftAt(credits, now) >= wanted) return now
  const first = Math.floor(now / MINUTE) * MINUTE + MINUTE
  const last = first + DAY
  let [low, high] = [first, last]
  if (leftAt(credits, last) < wanted) return last
  while (low < high) {
    const middle = low + Math.floor((high - low) / MINUTE / 2) * MINUTE
    if (leftAt(credits, middle) >= wanted) high = middle
    else low = middle + MINUTE
  }
  return low
}

function sum(spent: Spent[]): number {
  return spent.reduce((total, { credits }) => total + credits, 0)
}
