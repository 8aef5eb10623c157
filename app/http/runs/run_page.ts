import type Run from '#domain/runs/run'
import type { RunSearch } from '#domain/runs/run_search'
import { searchRuns } from '#domain/runs/search_runs'
import { readPlace } from '#http/runs/run_filter'
import { viewRunRow } from '#http/runs/run_view'
import type { RunRow } from '#http/runs/run_view'

const PER_PAGE = 25

/** One page of a list that is never counted: it opens as fast however long the list is. */
export type RunPage = {
  rows: RunRow[]
  /** Where the page before and after this one begin; null where there is none. */
  newer: string | null
  older: string | null
}

export async function pageOfRuns(
  tenantId: string,
  search: RunSearch,
  asked: { before?: unknown; after?: unknown }
): Promise<RunPage> {
  const after = readPlace(asked.after)
  const from = after ?? readPlace(asked.before)
  const isNewer = after !== null
  const found = await searchRuns(tenantId, search, { from, isNewer, limit: PER_PAGE + 1 })
  const hasMore = found.length > PER_PAGE
  const runs = isNewer ? found.slice(-PER_PAGE) : found.slice(0, PER_PAGE)
  return {
    rows: runs.map(viewRunRow),
    newer: (isNewer ? hasMore : from !== null) ? placeOf(runs[0]) : null,
    older: isNewer || hasMore ? placeOf(runs.at(-1)) : null,
  }
}

function placeOf(run: Run | undefined): string | null {
  return run === undefined ? null : `${run.queuedAt.toMillis()}_${run.id}`
}
