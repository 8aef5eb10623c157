import {
  ConnectorError,
  type Context,
  type JobProgress,
  type Json,
  type RecordOutcome,
  type WriteBatch,
} from '#sdk'
import { unknownRecord } from '../write/unknown_record.js'
import { downloadResult } from './download_result.js'
import { failedJob, lostJob } from './failed_job.js'
import { fetchJob } from './fetch_job.js'
import { isUnderWay } from './job_status.js'
import { joinRows } from './join_rows.js'
import { planFile } from './plan_file.js'
import { pollAfter } from './poll_after.js'
import { rowOutcome } from './row_outcome.js'
import { readTicket } from './ticket.js'

function leftOver(index: number): RecordOutcome {
  return {
    index,
    state: 'failed',
    code: 'MIXED_FIELDS',
    message:
      'The record has other fields than most of its job, which one file cannot express. It is sent again apart from them.',
  }
}

async function readOutcomes(ctx: Context, downloadUrl: string, batch: WriteBatch) {
  const file = planFile(batch)
  const rows = joinRows(file, await downloadResult(ctx, downloadUrl))
  return [
    ...rows.map((row) => rowOutcome(row, batch.operation, file.findBy)),
    ...file.left.map(leftOver),
    ...file.unknown.map(unknownRecord),
  ]
}

export async function collectJob(
  ctx: Context,
  json: Json,
  batch: WriteBatch
): Promise<JobProgress> {
  const { job: id } = readTicket(json)
  const reply = await fetchJob(ctx, id)
  if (!reply) return lostJob(id, batch)
  const { body: job, headers } = reply
  if (!job?.status) throw new ConnectorError('transient', `Zoho says nothing of bulk job ${id}.`)
  if (isUnderWay(job)) return { state: 'pending', pollAfter: pollAfter(job, headers) }
  const downloadUrl = job.result?.download_url
  if (!downloadUrl) return failedJob(job, batch)
  return { state: 'done', outcomes: await readOutcomes(ctx, downloadUrl, batch) }
}
