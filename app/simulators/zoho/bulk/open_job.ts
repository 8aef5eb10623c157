import { ApiFault } from '../server/api_fault.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { JobTaken } from '../store/truth_line.js'
import type { BulkJob, BulkPart } from './bulk_job.js'
import { readCsv } from './read_csv.js'
import { readOrders } from './read_order.js'

function readHeaders(text: string) {
  const first = readCsv(text).next()
  if (!first.done) return first.value
  throw new ApiFault(400, 'INVALID_FILE_FORMAT', 'the file has no header row')
}

/** The job of an order, checked and listed, with no row worked yet. */
export function openJob(org: SimulatedOrg, taken: JobTaken): BulkJob {
  const headers = taken.files.map(({ csv }) => readHeaders(csv))
  const orders = readOrders(org, taken.sent, headers)
  const parts = orders.map((order, at): BulkPart => {
    const counts = { added: 0, updated: 0, skipped: 0, total: 0 }
    return { order, fileName: taken.files[at].name, counts, text: '', ids: [] }
  })
  const job: BulkJob = { taken, parts, state: 'ADDED', failure: null, result: null }
  org.jobs.set(taken.id, job)
  return job
}
