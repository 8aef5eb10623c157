import {
  ConnectorError,
  type Context,
  type Json,
  type JobProgress,
  type RecordOutcome,
  type WriteBatch,
} from '#sdk'
import { bulkUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { unknownRecord } from '../write/unknown_record.js'
import { downloadResult } from './download_result.js'
import { isUnderWay, type JobStatus } from './job_status.js'
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

function failedJob(job: JobStatus, batch: WriteBatch): JobProgress {
  const resource = job.resource?.[0]
  const code = resource?.code ?? job.status
  const written = (resource?.file?.added_count ?? 0) + (resource?.file?.updated_count ?? 0)
  const said = resource?.message ? `: ${resource.message}` : ''
  if (written > 0 && batch.operation === 'insert') {
    throw new ConnectorError(
      'fatal',
      `Zoho's bulk job ${job.id} stopped after ${written} records (${code}${said}) and does not say which. Look into the module before you send them again.`,
      { delivered: 'unknown' }
    )
  }
  const message = `Zoho's bulk job failed (${code}${said}).`
  const outcomes = batch.records.map((_, index) => ({
    index,
    state: 'failed' as const,
    code,
    message,
  }))
  return { state: 'done', outcomes }
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
  const url = bulkUrl(ctx, `/write/${encodeURIComponent(id)}`)
  const { body: job, headers } = await call<JobStatus>(
    ctx,
    { method: 'GET', url, credits: 0 },
    'read'
  )
  if (!job?.status) throw new ConnectorError('transient', `Zoho says nothing of bulk job ${id}.`)
  if (isUnderWay(job)) return { state: 'pending', pollAfter: pollAfter(job, headers) }
  const downloadUrl = job.result?.download_url
  if (!downloadUrl) return failedJob(job, batch)
  return { state: 'done', outcomes: await readOutcomes(ctx, downloadUrl, batch) }
}
