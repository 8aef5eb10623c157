import {
  ConnectorError,
  type Context,
  type JobProgress,
  type Json,
  type RecordOutcome,
  type WriteBatch,
} from '#sdk'
import { unknownRecord } from '../write/unknown_record.js'
import { writeSettings } from '../write/write_settings.js'
import { childFaults } from './child_faults.js'
import { downloadResult, type ResultFile } from './download_result.js'
import { failedJob, lostJob } from './failed_job.js'
import { fetchJob } from './fetch_job.js'
import { isUnderWay, type JobStatus } from './job_status.js'
import { joinRows } from './join_rows.js'
import { type BulkFile, planFile } from './plan_file.js'
import { pollAfter } from './poll_after.js'
import { rowOutcome } from './row_outcome.js'
import { keptFile } from './sent_files.js'
import { tellMiscounts } from './tell_miscounts.js'
import { readTicket, type RefusedRow, type Ticket } from './ticket.js'

function waiting(code: string, message: string) {
  return (index: number): RecordOutcome => ({ index, state: 'failed', code, message })
}

const leftOver = waiting(
  'MIXED_FIELDS',
  'The record has other fields than most of its job, which one file cannot express. It is sent again apart from them.'
)
const noRoom = waiting(
  'FILE_FULL',
  'The file of the job had no room for the record, since Zoho takes 25 MB. It is sent again with the next.'
)

function refusal({ index, code, message, field, again }: RefusedRow): RecordOutcome {
  const state = again ? 'failed' : 'rejected'
  return { index, state, code, message, ...(field === '' ? {} : { field }) }
}

function fileOf(ctx: Context, { refused, findBys, count }: Ticket, batch: WriteBatch) {
  const { keepsEmpty } = writeSettings(ctx, batch)
  const without = new Set(refused.map(({ index }) => index))
  return planFile(batch, { refused: without, findBys, count, keepsEmpty })
}

/** The file of the records; those of their rows name what they hang on. */
function isOfRecords({ header }: ResultFile, key: string) {
  return header.includes(key)
}

function readResult(
  file: BulkFile,
  ticket: Ticket,
  batch: WriteBatch,
  { job, results }: { job: JobStatus; results: ResultFile[] }
): RecordOutcome[] {
  const main = results.find((each) => isOfRecords(each, file.columns[0].name)) ?? results[0]
  const written: RecordOutcome[] = []
  for (const row of joinRows(file, main)) {
    written.push(rowOutcome(row, batch, file.findBy, ticket.findBys))
  }
  const children = results.filter((each) => each !== main)
  return [
    ...childFaults(batch, file, { job, children, outcomes: written }),
    ...file.left.map(leftOver),
    ...file.over.map(noRoom),
    ...file.unknown.map(unknownRecord),
    ...ticket.refused.map(refusal),
  ]
}

export async function collectJob(
  ctx: Context,
  json: Json,
  batch: WriteBatch
): Promise<JobProgress> {
  const ticket = readTicket(json)
  const { job: id } = ticket
  if (id === null) return { state: 'done', outcomes: ticket.refused.map(refusal) }
  const reply = await fetchJob(ctx, id)
  if (!reply) return lostJob(id, batch)
  const { body: job, headers } = reply
  if (!job?.status) throw new ConnectorError('transient', `Zoho says nothing of bulk job ${id}.`)
  if (isUnderWay(job)) {
    const { callsBack } = ticket
    return { state: 'pending', pollAfter: pollAfter(job, headers), callsBack }
  }
  const downloadUrl = job.result?.download_url
  if (!downloadUrl) return failedJob(job, batch)
  const results = await downloadResult(ctx, downloadUrl)
  const file = keptFile(json, batch) ?? fileOf(ctx, ticket, batch)
  const outcomes = readResult(file, ticket, batch, { job, results })
  tellMiscounts(ctx, job, outcomes)
  return { state: 'done', outcomes }
}
