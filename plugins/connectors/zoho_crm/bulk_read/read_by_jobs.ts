import { ConnectorError, type Context, type Page, type ReadQuery } from '#sdk'
import type { StreamDescription } from '#sdk'
import { type BulkCursor, boundaryOf, readBulkCursor } from './bulk_cursor.js'
import { createNextJob, createReadJob } from './create_read_job.js'
import { downloadZip } from './download_zip.js'
import { failedRead } from './failed_read.js'
import { fetchReadJob } from './fetch_read_job.js'
import { pagesOfZip } from './pages_of_zip.js'
import { pollAfter } from './poll_after.js'
import { plainState, type ReadJob } from './read_job.js'

type AtJob = Extract<BulkCursor, { at: 'job' }>

/** Zoho's jobs take seconds at least. */
const FIRST_WAIT = 1000
/** Jobs that vanish before they are read; then something else is wrong. */
const MOST_LOST = 3
const UNDER_WAY = ['ADDED', 'QUEUED', 'INPROGRESS']

/** A job that is gone is ordered anew, behind what was certainly read. */
function startOver(state: AtJob): BulkCursor {
  const from = boundaryOf(state)
  const { last, seen, isOrdered } = from === null ? { last: null, seen: 0, isOrdered: true } : state
  return { at: 'start', from, page: 1, row: 0, last, seen, isOrdered }
}

/** What follows a job's file: Zoho's own token first, since a page number counts from the start. */
async function follow(ctx: Context, state: AtJob, { result }: ReadJob): Promise<BulkCursor> {
  if (result?.more_records !== true) return { at: 'end' }
  const { page, last, seen, isOrdered } = state
  const next = { last, seen, isOrdered, row: 0 }
  const token = result.next_page_token ?? null
  const ordered = token === null ? null : await createNextJob(ctx, token)
  if (ordered !== null) return { at: 'job', ...ordered, from: state.from, page: page + 1, ...next }
  const from = boundaryOf(state)
  return from === state.from
    ? { at: 'start', from, page: page + 1, ...next }
    : { at: 'start', from, page: 1, ...next }
}

function waiting(state: BulkCursor, wait: number): Page {
  const callsBack = state.at === 'job' && state.callsBack
  return { records: [], cursor: { ...state }, pollAfter: wait, callsBack }
}

type Step = { wait: number } | { wait: null; job: ReadJob; zip: Uint8Array }

/** How the job stands; null where its file is gone. */
async function finished(ctx: Context, state: AtJob): Promise<Step | null> {
  const answer = await fetchReadJob(ctx, state.job)
  if (answer === null) return null
  const { job, headers } = answer
  const said = plainState(job)
  if (UNDER_WAY.includes(said)) return { wait: pollAfter(job.created_time, headers.date) }
  if (said !== 'COMPLETED') throw failedRead(job)
  const zip = await downloadZip(ctx, state.job)
  return zip && { wait: null, job, zip }
}

/**
 * Reads by jobs of 200,000 rows. The ticket is stored before it is asked after, so that a
 * restart goes on with the same job and in the middle of its file.
 */
export async function* readByJobs(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  let state = readBulkCursor(query.cursor)
  for (let lost = 0; state.at !== 'end';) {
    ctx.signal.throwIfAborted()
    if (state.at === 'start') {
      const { at, ...place } = state
      state = { at: 'job', ...(await createReadJob(ctx, stream, query, place)), ...place }
      yield waiting(state, FIRST_WAIT)
      continue
    }
    const step = await finished(ctx, state)
    if (step === null) {
      if (++lost > MOST_LOST) {
        throw new ConnectorError('fatal', 'Zoho forgets its bulk reads before they can be fetched.')
      }
      ctx.log.warn('Zoho no longer knows a bulk read; another is ordered', { job: state.job })
      state = startOver(state)
    } else if (step.wait !== null) {
      yield waiting(state, step.wait)
    } else {
      const isLast = step.job.result?.more_records !== true
      for await (const page of pagesOfZip(ctx, stream, query, state, step.job, step.zip)) {
        state = page.state
        const isEnd = isLast && state.row >= (step.job.result?.count ?? Infinity)
        yield { records: page.records, cursor: isEnd ? { at: 'end' } : { ...state } }
      }
      state = await follow(ctx, state, step.job)
      yield state.at === 'end'
        ? { records: [], cursor: state }
        : waiting(state, state.at === 'job' ? FIRST_WAIT : 1)
    }
  }
}
