const DAY = 24 * 3_600_000
/** Fewer arrivals say nothing of what is usual. */
const LEAST_ARRIVALS = 5
const TIMES = 4

/**
 * How long a service may be without a new record before somebody should look: four times its
 * median gap, and a day at least. Null where it is not known what is usual.
 * @param arrivals milliseconds since the epoch, in any order
 */
export function longestUsualGap(arrivals: number[]): number | null {
  if (arrivals.length < LEAST_ARRIVALS) return null
  const sorted = [...arrivals].sort((a, b) => a - b)
  const gaps = sorted.slice(1).map((at, index) => at - sorted[index])
  gaps.sort((a, b) => a - b)
  return Math.max(DAY, TIMES * gaps[Math.floor(gaps.length / 2)])
}
