import { startNotifier } from '../notifications/keep_channel.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { JobLine } from '../store/truth_line.js'
import { openJob } from './open_job.js'
import { resultLife } from './result_life.js'
import { runBulkJob } from './run_bulk_job.js'
import { runReadJob } from './run_read_job.js'

function demand<Job>(job: Job | undefined, id: string) {
  if (job) return job
  throw new Error(`The truth file names an unknown bulk job ${id}`)
}

function restore(org: SimulatedOrg, line: JobLine) {
  switch (line.job) {
    case 'taken':
      openJob(org, line)
      break
    case 'worked': {
      const part = demand(org.jobs.get(line.id)?.parts[line.part], line.id)
      part.counts = line.counts
      part.text += line.text
      part.ids.push(...line.ids)
      break
    }
    case 'read taken':
      org.reads.set(line.id, { taken: line, state: 'ADDED', startSeq: null, result: null })
      break
    case 'channel':
      if (line.channel) org.channels.set(line.id, line.channel)
      else org.channels.delete(line.id)
      break
    case 'file':
      org.files.set(line.id, { ...line, bytes: Buffer.from(line.base64, 'base64') })
      break
    case 'read started':
      demand(org.reads.get(line.id), line.id).startSeq = line.seq
  }
}

/** Jobs that an earlier process took go on where it left them. */
export function restoreJobs(org: SimulatedOrg) {
  for (const line of org.earlierJobs) {
    if (line.job !== 'channel' && line.job !== 'file') org.ids.sawId(line.id)
    restore(org, line)
  }
  org.earlierJobs.length = 0
  if (org.channels.size > 0) startNotifier(org)
  for (const job of org.jobs.values()) void runBulkJob(org, job)
  const oldest = org.clock.now() - resultLife
  for (const job of org.reads.values()) {
    if (job.taken.createdAt < oldest) org.reads.delete(job.taken.id)
    else void runReadJob(org, job)
  }
}
