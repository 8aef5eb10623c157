import type { JobRoute, Operation } from '#sdk'
import { collectJob } from './collect_job.js'
import { JOB_CREDITS, submitJob } from './submit_job.js'

/** Writes by a zipped CSV. Zoho charges the job, not its records. */
export function bulkRoute(operations: Operation[]): JobRoute {
  return {
    kind: 'job',
    name: 'bulk_write',
    operations,
    maxRecords: 25_000,
    cost: () => JOB_CREDITS,
    concurrency: 5,
    idempotent: operations.filter((operation) => operation !== 'insert'),
    submit: submitJob,
    collect: collectJob,
  }
}
