import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { ReadTaken } from '../store/truth_line.js'
import { parseBulkRead } from './parse_bulk_read.js'
import type { ReadJob } from './read_job.js'
import { runReadJob } from './run_read_job.js'

export function createReadJob(call: Call): Reply {
  const { org } = call
  if (!call.header('content-type')?.includes('json')) {
    throw new ApiFault(415, 'MEDIA_TYPE_NOT_SUPPORTED', 'the Content-Type must be application/json')
  }
  const { query, fileType, callback } = parseBulkRead(call, call.json())
  const taken: ReadTaken = {
    job: 'read taken',
    id: org.ids.next(),
    query,
    fileType,
    callback,
    createdAt: org.clock.now(),
    by: call.user.id,
    mustFail: call.fault('job_failed') !== undefined,
  }
  const job: ReadJob = { taken, state: 'ADDED', startSeq: null, result: null }
  org.reads.set(taken.id, job)
  org.truth?.append(taken)
  void runReadJob(org, job)
  const entry = {
    status: 'success',
    code: 'ADDED_SUCCESSFULLY',
    message: 'Added successfully.',
    details: {
      id: taken.id,
      operation: 'read',
      state: 'ADDED',
      created_by: { id: call.user.id, name: call.user.name },
      created_time: org.zone.format(taken.createdAt),
    },
  }
  return { status: 201, body: { data: [entry], info: {} } }
}
