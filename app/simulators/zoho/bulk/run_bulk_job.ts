import { setImmediate as nextTurn } from 'node:timers/promises'
import { postJson } from '../notifications/post_json.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { BulkJob } from './bulk_job.js'
import { readCsv } from './read_csv.js'
import { renderBulkJob } from './render_bulk_job.js'
import { runPart } from './run_part.js'
import type { ParentIds } from './write_bulk_row.js'
import { writeZip } from './zip_files.js'

const MOST_ROWS = 25_000

/** All rows under the header; null for more than a file may hold. */
async function readRows(org: SimulatedOrg, csv: string) {
  const rows: string[][] = []
  for (const row of readCsv(csv)) {
    rows.push(row)
    if (rows.length > MOST_ROWS + 1) return null
    if (rows.length % (org.options.bulkSliceRows * 5) === 0) await nextTurn()
  }
  return rows.slice(1)
}

/** Records of the parent's rows by the cells of a column. */
function parentIds(parent: readonly string[][], ids: readonly string[]): ParentIds {
  const columns = new Map<number, Map<string, string>>()
  return (column, cell) => {
    const known = columns.get(column) ?? new Map(parent.map((row, at) => [row[column], ids[at]]))
    columns.set(column, known)
    return known.get(cell) || undefined
  }
}

/** The result of all files, each refused as a whole before the first row is written. */
async function workFiles(org: SimulatedOrg, job: BulkJob) {
  const files: string[][][] = []
  for (const { csv } of job.taken.files) {
    const rows = await readRows(org, csv)
    if (!rows) return null
    files.push(rows)
  }
  const parents = parentIds(files[0], job.parts[0].ids)
  const { id } = job.taken
  const results = new Map<string, string>()
  for (const [at, rows] of files.entries()) {
    const name = at === 0 ? `${id}.csv` : `${id}_${job.parts[at].fileName}`
    results.set(name, await runPart(org, { job, at, rows, parents }))
  }
  return writeZip(results)
}

async function work(org: SimulatedOrg, job: BulkJob) {
  const { clock, options } = org
  const { taken } = job
  await clock.until(taken.createdAt + options.bulkDelayMs)
  job.state = 'INPROGRESS'
  const startedAt = clock.now()
  job.result = taken.mustFail ? null : await workFiles(org, job)
  if (!job.result) job.failure = taken.mustFail ? 'INTERNAL_SERVER_ERROR' : 'LIMIT_EXCEEDED'
  await clock.until(startedAt + options.bulkRunMs)
  taken.files = []
  for (const part of job.parts) Object.assign(part, { text: '', ids: [] })
  job.state = job.failure === null ? 'COMPLETED' : 'FAILED'
}

/** A job that an earlier process had begun is told to nobody again. */
export async function runBulkJob(org: SimulatedOrg, job: BulkJob) {
  const isNew = job.parts[0].counts.total === 0
  try {
    await work(org, job)
  } catch (error) {
    process.stderr.write(`simulator: bulk job ${job.taken.id}: ${String(error)}\n`)
    job.failure = 'INTERNAL_SERVER_ERROR'
    job.state = 'FAILED'
  }
  const { callback } = job.taken
  if (org.isClosed || callback === null || !isNew) return
  const refused = await postJson(org, callback, renderBulkJob(org, job))
  if (refused) org.stats.refuse('CALLBACK_LOST')
}
