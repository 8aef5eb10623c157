import type { DateTime } from 'luxon'
import { recordsRead } from '#engine/counters'
import { csvLine } from '#domain/runs/csv_line'
import type Run from '#domain/runs/run'
import type { RunPlace, RunSearch } from '#domain/runs/run_search'
import { searchRuns } from '#domain/runs/search_runs'

const AT_ONCE = 500
const HEAD = [
  ...['run', 'service', 'state', 'trigger', 'revision', 'queued_at', 'started_at', 'finished_at'],
  ...['seconds', 'read', 'created', 'updated', 'unchanged', 'filtered', 'rejected', 'failed'],
  ...['unclear', 'credits_planned', 'credits_spent', 'error', 'deleted', 'planned_again'],
]

/** All runs that fit a search as a CSV file, a page at a time however many they are. */
export async function* exportRuns(tenantId: string, search: RunSearch): AsyncGenerator<string> {
  yield csvLine(HEAD)
  let from: RunPlace | null = null
  for (;;) {
    const runs: Run[] = await searchRuns(tenantId, search, { from, isNewer: false, limit: AT_ONCE })
    if (runs.length > 0) yield runs.map(lineOf).join('')
    const last = runs.at(-1)
    if (last === undefined || runs.length < AT_ONCE) return
    from = { queuedAt: last.queuedAt.toMillis(), id: last.id }
  }
}

function lineOf(run: Run): string {
  const { created, updated, deleted, unchanged, filtered, rejected, failed, unclear } = run.counters
  return csvLine([
    ...[run.id, run.service.name, run.state, run.trigger, run.revision],
    ...[run.queuedAt, run.startedAt, run.finishedAt].map(timeText),
    ...[run.seconds, recordsRead(run.counters)],
    ...[created, updated, unchanged, filtered, rejected, failed, unclear],
    ...[run.creditsPlanned, run.creditsSpent, run.errorMessage, deleted, run.plannedAgain],
  ])
}

function timeText(time: DateTime | null): string | null {
  return time?.toUTC().toISO() ?? null
}
