import { enoughAt } from '#domain/limits/rolling_credits'
import type { RollingCredits } from '#domain/limits/rolling_credits'

/** A run that paused goes on when this share of what may be spent is back, lest it pause at once. */
const WORTH_RESUMING = 0.05

export interface GateCase {
  credits: RollingCredits
  /** Credits that runs leave alone. */
  reserve: number
  /** What the runs under way will still spend. */
  promised: number
  /** What this run will likely spend; null when nothing tells. */
  need: number | null
  isPaused: boolean
  usesReserve: boolean
}

/** Credits that must be left for a run to begin. */
export function wantedLeft({ credits, reserve, promised, need, ...rest }: GateCase): number {
  const room = credits.perDay - (rest.usesReserve ? 0 : reserve)
  const least = rest.isPaused ? Math.ceil(room * WORTH_RESUMING) : 1
  if (rest.usesReserve) return least
  const wanted = Math.max(least, need ?? 0)
  // What never fits into one day begins when half the day's credits are there, and pauses.
  const portion = wanted > room ? Math.ceil(room / 2) : wanted
  return Math.min(credits.perDay, reserve + Math.max(0, promised) + portion)
}

/** When a run may begin: `now`, or the minute at which enough credits have come back. */
export function startsAt(gate: GateCase, now: number): number {
  return enoughAt(gate.credits, wantedLeft(gate), now)
}
