import { Readable } from 'node:stream'
import { postJson } from '../notifications/post_json.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ReadJob, ReadResult } from './read_job.js'
import { renderReadJob } from './render_read_job.js'
import { resultLife } from './result_life.js'
import { snapshotCsv } from './snapshot_csv.js'
import { snapshotIcs } from './snapshot_ics.js'
import { takeSnapshot } from './take_snapshot.js'
import { zipStream } from './zip_files.js'

function start(org: SimulatedOrg, job: ReadJob) {
  if (job.startSeq !== null) return job.startSeq
  job.startSeq = org.store.ledger.entries.length
  org.truth?.append({ job: 'read started', id: job.taken.id, seq: job.startSeq })
  org.truth?.flush()
  return job.startSeq
}

async function readPage(org: SimulatedOrg, { taken }: ReadJob, seq: number): Promise<ReadResult> {
  const snapshot = takeSnapshot(org, taken, seq)
  const content = taken.fileType === 'ics' ? snapshotIcs : snapshotCsv
  const name = `${taken.id}.${taken.fileType}`
  const zip = await zipStream(name, Readable.from(content(org, snapshot)))
  const { rows, isMore } = snapshot
  const moreAfter = isMore ? (rows.at(-1)?.record.id ?? null) : null
  return { zip, count: rows.length, moreAfter, doneAt: org.clock.now() }
}

async function work(org: SimulatedOrg, job: ReadJob) {
  const { clock, options } = org
  const { taken } = job
  const queuedAt = taken.createdAt + options.bulkReadDelayMs
  await clock.until(queuedAt)
  job.state = 'QUEUED'
  const startsAt = queuedAt + options.bulkReadQueueMs
  await clock.until(startsAt)
  if (org.isClosed) return
  const seq = start(org, job)
  job.state = 'IN PROGRESS'
  const result = taken.mustFail ? null : await readPage(org, job, seq)
  await clock.until(startsAt + options.bulkReadRunMs)
  job.result = result
  job.state = result ? 'COMPLETED' : 'FAILURE'
}

async function forget({ clock }: SimulatedOrg, job: ReadJob) {
  await clock.until(clock.now() + resultLife)
  if (job.result) job.result = { ...job.result, zip: Buffer.alloc(0) }
}

/** A job that an earlier process had begun is told to nobody again. */
export async function runReadJob(org: SimulatedOrg, job: ReadJob) {
  const isNew = job.startSeq === null
  try {
    await work(org, job)
  } catch (error) {
    process.stderr.write(`simulator: bulk read ${job.taken.id}: ${String(error)}\n`)
    job.state = 'FAILURE'
  }
  void forget(org, job)
  const { callback } = job.taken
  if (org.isClosed || callback === null || !isNew) return
  const refused = await postJson(org, callback, renderReadJob(org, job))
  if (refused) org.stats.refuse('CALLBACK_LOST')
}
