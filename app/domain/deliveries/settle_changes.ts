import db from '@adonisjs/lucid/services/db'
import type { PendingState } from '#domain/deliveries/pending_change'
import Run from '#domain/runs/run'

const MINUTE = 60_000
const LONGEST_WAIT = 60 * MINUTE

/**
 * Closes the changes whose run has dealt with them. Where the run failed they wait for another,
 * longer each time; where a person cancelled it they are left alone.
 */
export async function settleChanges(now: number): Promise<void> {
  const rows = await db
    .from('pending_changes')
    .where('state', 'running')
    .groupBy('run_id')
    .select('run_id')
    .max('tries as tries')
  if (rows.length === 0) return
  const runs = await Run.query().whereIn(
    'id',
    rows.map(({ run_id: id }) => id)
  )
  const known = new Map(runs.map((run) => [run.id, run]))
  for (const { run_id: runId, tries } of rows) {
    const run = known.get(runId)
    if (run !== undefined && !run.isFinal) continue
    const closed = closedBy(run)
    await db
      .from('pending_changes')
      .where('run_id', runId)
      .where('state', 'running')
      .update(closed === null ? again(Number(tries), now) : { state: closed })
  }
}

function closedBy(run: Run | undefined): PendingState | null {
  if (run?.state === 'cancelled') return 'cancelled'
  return run?.state === 'succeeded' || run?.state === 'partial' ? 'done' : null
}

function again(tries: number, now: number) {
  const wait = Math.min(LONGEST_WAIT, MINUTE * 2 ** tries)
  return { state: 'waiting', run_id: null, tries: tries + 1, not_before: now + wait }
}
