import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { fileReply } from '../server/file_reply.js'
import { findJob } from './show_bulk_job.js'

export function cutByFault(call: Call, bytes: Buffer) {
  const isCut = call.fault('truncate_zip') !== undefined
  return isCut ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes
}

export function downloadResult(call: Call): Reply {
  const { result, taken } = findJob(call)
  const { params, org } = call
  if (!result || params.org !== `org${org.zgid}` || params.file !== `${taken.id}.zip`) {
    throw new ApiFault(404, 'RESOURCE_NOT_FOUND', 'the requested resource does not exist')
  }
  return fileReply(params.file, cutByFault(call, result), 'application/zip')
}
