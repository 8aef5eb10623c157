import { setImmediate as nextTurn } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { valueRules } from '../records/check_record.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { WriteContext } from '../store/record_store.js'
import type { BulkJob } from './bulk_job.js'
import { readCsv } from './read_csv.js'
import { writeBulkRow, type RowResult } from './write_bulk_row.js'
import { writeZip } from './zip_files.js'

const MOST_ROWS = 25_000

/** All rows under the header; the whole file is refused before its first row is written. */
async function readRows(org: SimulatedOrg, { csv }: BulkJob['taken']) {
  const rows: string[][] = []
  for (const row of readCsv(csv)) {
    rows.push(row)
    if (rows.length > MOST_ROWS + 1) return null
    if (rows.length % (org.options.bulkSliceRows * 5) === 0) await nextTurn()
  }
  return rows.slice(1)
}

function resultRow(org: SimulatedOrg, job: BulkJob, row: string[], result: RowResult) {
  const { status, recordId, errors } = result
  const shown = job.order.mappings.slice(0, 3).map(({ index, defaultValue }) => {
    return index === null ? (defaultValue ?? '') : (row[index] ?? '')
  })
  const isTitle = org.options.bulkStatusCase === 'title'
  return [...shown, isTitle ? status[0] + status.slice(1).toLowerCase() : status, recordId, errors]
}

function injected(org: SimulatedOrg, { taken, order }: BulkJob, position: number) {
  const { partial } = taken
  if (!partial || !org.faults.strikesRow(partial, position)) return null
  const errors = `${partial.code ?? 'INVALID_DATA'}-${order.mappings[0].apiName}`
  const result: RowResult = { status: 'SKIPPED', recordId: '', errors }
  return result
}

function countRow({ counts }: BulkJob, { status }: RowResult) {
  counts.total += 1
  if (status === 'ADDED') counts.added += 1
  else if (status === 'UPDATED') counts.updated += 1
  else counts.skipped += 1
}

async function writeSlices(org: SimulatedOrg, job: BulkJob, rows: string[][]) {
  const { order, counts, taken } = job
  const { id, searchLagMs } = taken
  const rules = valueRules(org)
  const names = order.mappings.slice(0, 3).map(({ apiName }) => apiName)
  const header = stringify([[...names, 'STATUS', 'RECORD_ID', 'ERRORS']])
  const size = org.options.bulkSliceRows
  for (let from = counts.total; from < rows.length && !org.isClosed; from += size) {
    const now = org.clock.now()
    const context: WriteContext = { at: now, via: 'bulk', trigger: null, match: null, searchLagMs }
    const lines = rows.slice(from, from + size).map((row, at) => {
      const struck = injected(org, job, from + at)
      const result = struck ?? writeBulkRow({ org, order, rules, context }, row)
      countRow(job, result)
      return resultRow(org, job, row, result)
    })
    const text = stringify(lines)
    job.text += text
    org.truth?.append({ job: 'worked', id, counts, text })
    org.truth?.flush()
    await nextTurn()
  }
  return header + job.text
}

async function work(org: SimulatedOrg, job: BulkJob) {
  const { clock, options } = org
  const { taken } = job
  await clock.until(taken.createdAt + options.bulkDelayMs)
  job.state = 'INPROGRESS'
  const startedAt = clock.now()
  const rows = taken.mustFail ? [] : await readRows(org, taken)
  if (rows === null) job.failure = 'LIMIT_EXCEEDED'
  else if (taken.mustFail) job.failure = 'INTERNAL_SERVER_ERROR'
  else job.result = await writeZip(`${taken.id}.csv`, await writeSlices(org, job, rows))
  await clock.until(startedAt + options.bulkRunMs)
  taken.csv = ''
  job.text = ''
  job.state = job.failure === null ? 'COMPLETED' : 'FAILED'
}

export async function runBulkJob(org: SimulatedOrg, job: BulkJob) {
  try {
    await work(org, job)
  } catch (error) {
    process.stderr.write(`simulator: bulk job ${job.taken.id}: ${String(error)}\n`)
    job.failure = 'INTERNAL_SERVER_ERROR'
    job.state = 'FAILED'
  }
}
