import { DAY, leftAt } from '#domain/limits/rolling_credits'
import type { RollingCredits, Spent } from '#domain/limits/rolling_credits'

const HOUR = 3_600_000

export interface DayForecast {
  /** The next 24 hours: what will be spent, and what is left when the hour ends. */
  hours: Array<{ from: number; planned: number; left: number }>
  /** When runs begin to wait; null when the credits last. */
  reserveAt: number | null
  /** When nothing at all would be left, if nobody waited. */
  emptyAt: number | null
}

/** How the credits of the next 24 hours go, if what is planned is spent and nothing else. */
export function forecastDay(
  credits: RollingCredits,
  reserve: number,
  planned: Spent[],
  now: number
): DayForecast {
  const ahead = planned
    .filter(({ at }) => at < now + DAY)
    .map((spend) => ({ ...spend, at: Math.max(spend.at, now) }))
    .sort((a, b) => a.at - b.at)
  const steps = runningLeft(credits, ahead)
  return {
    hours: Array.from({ length: 24 }, (_, hour) => {
      const [from, to] = [now + hour * HOUR, now + (hour + 1) * HOUR]
      const within = ahead.filter(({ at }) => at >= from && at < to)
      return {
        from,
        planned: sum(within),
        left: leftAt(credits, to) - sum(ahead.filter(({ at }) => at < to)),
      }
    }),
    reserveAt: steps.find(({ left }) => left < reserve)?.at ?? null,
    emptyAt: steps.find(({ left }) => left <= 0)?.at ?? null,
  }
}

/** What is left after each spend. */
function runningLeft(credits: RollingCredits, ahead: Spent[]) {
  let spent = 0
  return ahead.map(({ at, credits: cost }) => {
    spent += cost
    return { at, left: leftAt(credits, at) - spent }
  })
}

function sum(spent: Spent[]): number {
  return spent.reduce((total, { credits }) => total + credits, 0)
}
