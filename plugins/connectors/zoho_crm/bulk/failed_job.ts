import { ConnectorError, type JobProgress, type WriteBatch } from '#sdk'
import { isCompleted, type JobStatus } from './job_status.js'

function allFailed({ records }: WriteBatch, code: string, message: string): JobProgress {
  const outcomes = records.map((_, index) => ({ index, state: 'failed' as const, code, message }))
  return { state: 'done', outcomes }
}

function unproved(message: string) {
  return new ConnectorError(
    'fatal',
    `${message} Look into the module before you send them again.`,
    {
      delivered: 'unknown',
    }
  )
}

/** A job that ended without a result. What an insert left behind cannot be told apart. */
export function failedJob(job: JobStatus, batch: WriteBatch): JobProgress {
  const resource = job.resource?.find(({ code }) => code) ?? job.resource?.[0]
  const isSkipped = isCompleted(job) || resource?.status?.toUpperCase() === 'SKIPPED'
  const code = resource?.code ?? (isSkipped ? 'SKIPPED' : job.status)
  const said = resource?.message ? `${code}: ${resource.message}` : code
  const reason = isSkipped ? `${said}, without a result` : said
  const { added_count: added = 0, updated_count: updated = 0 } = resource?.file ?? {}
  if (added + updated > 0 && batch.operation === 'insert') {
    throw unproved(
      `Zoho's bulk job ${job.id} stopped after ${added + updated} records (${reason}) and does not say which.`
    )
  }
  return allFailed(batch, code, `Zoho's bulk job failed (${reason}).`)
}

/** A job that Zoho has forgotten. Sending again doubles nothing unless it was an insert. */
export function lostJob(id: string, batch: WriteBatch): JobProgress {
  if (batch.operation === 'insert') {
    throw unproved(`Zoho no longer knows bulk job ${id}, which may have inserted its records.`)
  }
  return allFailed(batch, 'JOB_LOST', `Zoho no longer knows bulk job ${id}.`)
}
