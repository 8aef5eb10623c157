import { sync } from '#engine/sync'
import type { SyncInput, SyncReport } from '#engine/sync_input'
import { countWithoutCursor } from '#engine/without_cursor'
import type { CallBell } from './call_bell.js'
import { accessTo, openConnector } from './connector_context.js'
import { incrementalBounds } from './incremental_bounds.js'
import { LedgerClient } from './ledger_client.js'
import { ProgressTeller } from './progress_teller.js'
import { realWorld } from './world.js'
import { notedRoutes } from './requests/noted_routes.js'
import { requestDesk } from './requests/request_desk.js'
import type { RequestDesk } from './requests/request_desk.js'
import type { Assignment } from './messages.js'
import type { ServerLine } from './server_line.js'

/** What work is told while it goes on, to stop and that a vendor called, and where it tells of its calls. */
export interface Signs {
  signal: AbortSignal
  bell?: CallBell | null
  requests?: RequestDesk
}

/** Opens both ends of an assignment, hands them to `work`, and closes them whatever happens. */
export async function withBothEnds<Result>(
  assignment: Assignment,
  line: ServerLine,
  { signal, bell = null, requests }: Signs,
  work: (input: SyncInput) => Promise<Result>
): Promise<Result> {
  const { grounds, lease, definition, callbackUrl = null } = assignment
  const runId = lease.runId === '' ? null : lease.runId
  const occasion = { grounds, line, signal, runId, callbackUrl }
  const history = (end: 'source' | 'target') => requests?.historyOf(end) ?? null
  const source = await openConnector(assignment.source.connection, occasion, history('source'))
  const target = await openConnector(assignment.target.connection, occasion, history('target'))
  try {
    const targetAccess = accessTo(target, assignment.target.stream.name)
    const routes = targetAccess.routes?.(assignment.target.stream, target.ctx.settings) ?? []
    return await work({
      definition,
      source: {
        ctx: source.ctx,
        stream: assignment.source.stream,
        access: accessTo(source, assignment.source.stream.name),
      },
      target: {
        ctx: target.ctx,
        stream: assignment.target.stream,
        access: targetAccess,
        routes: requests === undefined ? routes : notedRoutes(routes),
      },
      incremental: assignment.bounds,
      only: assignment.only,
      given: assignment.given ?? null,
      givenFrom: assignment.givenFrom ?? null,
      fresh: assignment.fresh ?? null,
      likely: assignment.likely ?? null,
      counted: assignment.counted ?? null,
      skipsUnchanged: assignment.skipsUnchanged ?? false,
      approved: assignment.approved ?? null,
      brake: assignment.brake ?? null,
      ledger: new LedgerClient(lease, line.ports.ledger),
      world: realWorld(signal, bell),
      signal,
      progress: () => {},
    })
  } finally {
    await Promise.all([source.close(), target.close()])
  }
}

/** Works one run from where its ledger stands to its end, and tells of its calls. */
export async function runAssignment(
  assignment: Assignment,
  line: ServerLine,
  signs: Signs
): Promise<SyncReport> {
  const requests = requestDesk(assignment, line)
  try {
    return await workAssignment(assignment, line, { ...signs, requests })
  } finally {
    await requests.close()
  }
}

function workAssignment(
  assignment: Assignment,
  line: ServerLine,
  signs: Signs
): Promise<SyncReport> {
  const { lease, definition } = assignment
  return withBothEnds(assignment, line, signs, async (input) => {
    const incremental = await boundsOf(assignment, input, line)
    const teller = new ProgressTeller((progress) =>
      line.tell({ type: 'progress', token: lease.token, progress })
    )
    try {
      return await sync({
        ...input,
        incremental,
        definition,
        progress: (progress) => teller.hear(progress),
      })
    } finally {
      teller.end()
    }
  })
}

/** A run keeps the bounds it began with, however often it is taken up again. A replay has none. */
async function boundsOf(assignment: Assignment, input: SyncInput, line: ServerLine) {
  if (assignment.only !== null) return null
  if (assignment.bounds !== null) return assignment.bounds
  const bounds = await incrementalBounds(assignment.definition, input.source, assignment.position)
  if (bounds !== null) {
    const withoutCursor = await countWithoutCursor(input.source, bounds.field)
    await line.ports.ledger.begin(assignment.lease, bounds, withoutCursor)
  }
  return bounds
}
