import { DateTime } from 'luxon'
import Retention from '#domain/runs/retention'
import { pruneLetters, weighLetters } from '#domain/runs/retain_letters'
import { pruneRequests, weighRequests } from '#domain/runs/retain_requests'
import { pruneRuns, weighRuns } from '#domain/runs/retain_runs'
import { FINAL_STATES } from '#domain/runs/run'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Rows that one turn deletes, so that no other work waits for it. */
const PORTION = 500
const STEP = 20
const GOOD = ['succeeded', 'cancelled']

/**
 * Lets go of a portion of what a tenant keeps too long or too much of. Answers whether there is
 * more. By size, what calls said goes first where they went well, then good runs, then those with
 * failures, and resolved records last.
 */
export async function retain(tenantId: string, now: number, portion = PORTION): Promise<boolean> {
  const retention = await Retention.of({ id: tenantId })
  const { runDays, letterDays, mostBytes } = retention
  const ofAge = { tenantId, states: FINAL_STATES, limit: portion }
  const runs = await pruneRuns({ ...ofAge, before: now - runDays * DAY })
  const letters = await pruneLetters(tenantId, now - letterDays * DAY, portion)
  const requests = await pruneRequests(tenantId, { before: now - runDays * DAY, limit: portion })
  if ([runs, letters, requests].some(({ rows }) => rows === portion)) return true
  if (mostBytes === null) return false

  const bytes = await weigh(retention, now)
  const freed = bytes > mostBytes ? await pruneForSize(tenantId, bytes - mostBytes, portion) : 0
  await retention.merge({ bytes: bytes - freed }).save()
  return freed > 0 && bytes - freed > mostBytes
}

/** Weighing looks at every row, so it is not done at each turn. */
async function weigh(retention: Retention, now: number): Promise<number> {
  const { tenantId, bytes, measuredAt } = retention
  if (bytes !== null && measuredAt !== null && now - measuredAt.toMillis() < HOUR) return bytes
  retention.measuredAt = DateTime.fromMillis(now)
  const parts = [weighRuns(tenantId), weighRequests(tenantId), weighLetters(tenantId)]
  const weights = await Promise.all(parts)
  return weights.reduce((sum, weight) => sum + weight, 0)
}

async function pruneForSize(tenantId: string, excess: number, portion: number): Promise<number> {
  const parts = [
    (limit: number) => pruneRequests(tenantId, { before: null, isFailed: false, limit }),
    (limit: number) => pruneRuns({ tenantId, before: null, states: GOOD, limit }),
    (limit: number) => pruneRuns({ tenantId, before: null, states: FINAL_STATES, limit }),
    (limit: number) => pruneLetters(tenantId, null, limit),
  ]
  let [freed, left] = [0, portion]
  for (const prune of parts) {
    // A few at a time: not much more goes than must.
    while (freed < excess && left > 0) {
      const limit = Math.min(left, STEP)
      const { rows, bytes } = await prune(limit)
      freed += bytes
      left -= rows
      if (rows < limit) break
    }
  }
  return freed
}
