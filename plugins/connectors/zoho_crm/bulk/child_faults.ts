import type { RecordOutcome } from '#sdk'
import type { ResultFile } from './download_result.js'
import type { BulkFile } from './plan_file.js'

const PARENT = 'Parent_Id'

function refusedRows({ rows: [header = [], ...rows] }: ResultFile) {
  const upper = header.map((name) => name.trim().toUpperCase())
  const [parent, status, errors] = [PARENT.toUpperCase(), 'STATUS', 'ERRORS'].map((name) =>
    upper.lastIndexOf(name)
  )
  if (parent === -1 || status === -1) return []
  return rows
    .filter((row) => !['ADDED', 'UPDATED'].includes(row[status].trim().toUpperCase()))
    .map((row) => ({ parent: row[parent].trim(), reason: row[errors] || row[status] }))
}

/**
 * Records that were written, but not with all of their rows.
 * @param children the files of rows in the job's result
 */
export function childFaults(
  { columns: [key], rows, records, ids }: BulkFile,
  children: ResultFile[],
  outcomes: RecordOutcome[]
): RecordOutcome[] {
  const refused = Map.groupBy(children.flatMap(refusedRows), ({ parent }) => parent)
  if (refused.size === 0) return outcomes
  const reasons = new Map<number, string[]>()
  for (const index of rows) {
    const parent = key.text(key.name === 'id' ? ids[index] : records[index][key.name]).trim()
    const faults = refused.get(parent)
    if (faults) reasons.set(index, [...new Set(faults.map(({ reason }) => reason))])
  }
  return outcomes.map((outcome) => {
    const found = reasons.get(outcome.index)
    if (!found || 'code' in outcome) return outcome
    const message = `The record was written as ${outcome.id}, but Zoho refused some of its rows (${found.join(', ')}). Mend the rows and send it again.`
    return { index: outcome.index, state: 'rejected', code: 'ROWS_REFUSED', message }
  })
}
