import type { Context } from '#sdk'
import { apiVersion } from '../api/address.js'

/** What every org answers at once, whatever its version. */
export const SAFE_ROWS = 200

/** The rows for one, two and three credits. */
const STEPS = [SAFE_ROWS, 1000, 2000]

const WIDE = ['v7', 'v8']

/** Most rows of a query; older versions answer 200. */
export function rowsPerQuery(ctx: Context) {
  return WIDE.includes(apiVersion(ctx)) ? STEPS[STEPS.length - 1] : SAFE_ROWS
}

export function queryCredits(limit: number) {
  const step = STEPS.findIndex((rows) => limit <= rows)
  return step < 0 ? STEPS.length : step + 1
}

/**
 * How many rows to ask for: no more than there are left, since the limit is what costs. While
 * that is not known, little at first.
 * @param asked queries sent before
 */
export function nextLimit(left: number | null, asked: number, most: number) {
  const steps = STEPS.filter((rows) => rows <= most)
  const widest = steps[steps.length - 1]
  if (left === null) return steps[asked] ?? widest
  return steps.find((rows) => left <= rows) ?? widest
}
