import { setImmediate as nextTurn } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { valueRules } from '../records/check_record.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { WriteContext } from '../store/record_store.js'
import type { BulkJob, BulkPart } from './bulk_job.js'
import { writeBulkRow, type ParentIds, type RowResult } from './write_bulk_row.js'

function resultRow(org: SimulatedOrg, { order }: BulkPart, row: string[], result: RowResult) {
  const { status, recordId, errors } = result
  const shown = order.mappings.slice(0, 3).map(({ index, defaultValue }) => {
    return index === null ? (defaultValue ?? '') : (row[index] ?? '')
  })
  const isTitle = org.options.bulkStatusCase === 'title'
  return [...shown, isTitle ? status[0] + status.slice(1).toLowerCase() : status, recordId, errors]
}

function injected(org: SimulatedOrg, { taken }: BulkJob, { order }: BulkPart, position: number) {
  const { partial } = taken
  if (!partial || !org.faults.strikesRow(partial, position)) return null
  const errors = `${partial.code ?? 'INVALID_DATA'}-${partial.field ?? order.mappings[0].apiName}`
  const result: RowResult = { status: 'SKIPPED', recordId: '', errors }
  return result
}

function countRow({ counts, ids }: BulkPart, { status, recordId }: RowResult) {
  counts.total += 1
  if (status === 'ADDED') counts.added += 1
  else if (status === 'UPDATED') counts.updated += 1
  else counts.skipped += 1
  ids.push(recordId)
}

interface PartWork {
  job: BulkJob
  /** Position of the part in the job. */
  at: number
  rows: string[][]
  parents: ParentIds
}

/** Works the rows of a file, a slice at a time; its result as CSV. */
export async function runPart(org: SimulatedOrg, { job, at, rows, parents }: PartWork) {
  const part = job.parts[at]
  const { order, counts } = part
  const { id, searchLagMs, by } = job.taken
  const rules = valueRules(org)
  const names = order.mappings.slice(0, 3).map(({ apiName }) => apiName)
  const header = stringify([[...names, 'STATUS', 'RECORD_ID', 'ERRORS']])
  const size = org.options.bulkSliceRows
  for (let from = counts.total; from < rows.length && !org.isClosed; from += size) {
    const now = org.clock.now()
    const author = by === null ? {} : { by }
    const context: WriteContext = {
      at: now,
      via: 'bulk',
      trigger: null,
      match: null,
      searchLagMs,
      ...author,
    }
    const lines = rows.slice(from, from + size).map((row, position) => {
      const struck = injected(org, job, part, from + position)
      const result = struck ?? writeBulkRow({ org, order, rules, context, parents }, row)
      countRow(part, result)
      return resultRow(org, part, row, result)
    })
    const text = stringify(lines)
    part.text += text
    org.truth?.append({ job: 'worked', id, part: at, counts, text, ids: part.ids.slice(from) })
    org.truth?.flush()
    await nextTurn()
  }
  return header + part.text
}
