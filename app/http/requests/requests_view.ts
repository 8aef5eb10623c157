import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import type Run from '#domain/runs/run'
import RunRequest from '#domain/runs/run_request'
import { paged } from '#http/paged'
import type { Paged } from '#http/paged'
import { viewRequestRow } from '#http/requests/request_view'
import type { RequestRow } from '#http/requests/request_view'

const PER_PAGE = 10
const COLUMNS = [
  ...['id', 'stage', 'route', 'batch', 'method', 'host', 'path', 'status', 'error'],
  ...['is_failed', 'took', 'bytes_sent', 'bytes_received', 'started_at'],
]

/** `none` is a call that nobody answered. */
export type RequestFilter = 'failed' | 'none' | `${number}` | null

export type RequestsView = {
  /** All calls of the run, and those of them that failed. */
  total: number
  failed: number
  kept: number
  /** Of those that are kept. */
  statuses: Array<{ status: number | null; count: number }>
  filter: RequestFilter
  rows: Paged<RequestRow>
}

export async function viewRequests(
  run: Run,
  request: Pick<HttpContext['request'], 'input'>
): Promise<RequestsView> {
  const statuses = await statusesOf(run)
  const filter = readFilter(request.input('status'))
  const query = RunRequest.query()
    .where('runId', run.id)
    .select(COLUMNS)
    .select(db.raw('sealed_body is not null as has_body'))
    .orderBy('startedAt')
    .orderBy('id')
  if (filter === 'failed') query.where('isFailed', true)
  else if (filter === 'none') query.whereNull('status')
  else if (filter !== null) query.where('status', Number(filter))
  return {
    total: run.requests,
    failed: run.requestsFailed,
    kept: statuses.reduce((sum, { count }) => sum + count, 0),
    statuses,
    filter,
    rows: await paged(query, request.input('requests'), viewRequestRow, PER_PAGE),
  }
}

async function statusesOf({ id }: Run): Promise<RequestsView['statuses']> {
  const rows: Array<{ status: unknown; figure: unknown }> = await db
    .from('run_requests')
    .where('run_id', id)
    .groupBy('status')
    .orderBy('status')
    .select('status')
    .count('* as figure')
  return rows.map(({ status, figure }) => ({
    status: status === null ? null : Number(status),
    count: Number(figure),
  }))
}

function readFilter(asked: unknown): RequestFilter {
  if (asked === 'failed' || asked === 'none') return asked
  return typeof asked === 'string' && /^[1-5]\d\d$/.test(asked) ? `${Number(asked)}` : null
}
