import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { fileReply } from '../server/file_reply.js'
import { cutByFault } from './download_result.js'
import { resultLife } from './result_life.js'
import { findReadJob } from './show_read_job.js'

const MINUTE = 60_000

function countDownload({ org }: Call) {
  const now = org.clock.now()
  const recent = org.readDownloads.filter((at) => at > now - MINUTE)
  if (recent.length >= org.options.bulkReadDownloads) {
    throw new ApiFault(429, 'TOO_MANY_REQUESTS', org.options.downloadsMessage)
  }
  org.readDownloads = [...recent, now]
}

export function downloadRead(call: Call): Reply {
  const { result, taken } = findReadJob(call)
  if (!result || result.doneAt + resultLife <= call.org.clock.now()) {
    throw new ApiFault(404, 'RESOURCE_NOT_FOUND', 'the requested resource does not exist')
  }
  countDownload(call)
  return fileReply(`${taken.id}.zip`, cutByFault(call, result.zip), 'application/zip')
}
