import type { RecordOutcome, WriteBatch } from '#sdk'
import type { ResultFile } from './download_result.js'
import { type JobStatus, statusWord } from './job_status.js'
import type { BulkFile } from './plan_file.js'

const PARENT = 'Parent_Id'
const WRITTEN = ['ADDED', 'UPDATED']

function refusedRows({ header, rows }: ResultFile) {
  const upper = header.map((name) => name.trim().toUpperCase())
  const [parent, status, errors] = [PARENT.toUpperCase(), 'STATUS', 'ERRORS'].map((name) =>
    upper.lastIndexOf(name)
  )
  if (parent === -1 || status === -1) return []
  return [...rows]
    .filter((row) => !WRITTEN.includes(row[status].trim().toUpperCase()))
    .map((row) => ({ parent: row[parent].trim(), reason: row[errors] || row[status] }))
}

/** Modules of rows whose file Zoho left, or left some of without saying which. */
function failedModules(job: JobStatus, children: ResultFile[]): Map<string, string> {
  const failed = new Map<string, string>()
  for (const { module, status, code, file } of (job.resource ?? []).slice(1)) {
    const name = typeof module === 'string' ? module : module?.api_name
    const word = statusWord(status ?? file?.status ?? '')
    const isTold = word === 'COMPLETED' && ((file?.skipped_count ?? 0) === 0 || children.length > 0)
    if (name && !isTold) failed.set(name, code ?? word)
  }
  return failed
}

type Reasons = Map<number, Set<string>>

function note(reasons: Reasons, index: number, reason: string) {
  const known = reasons.get(index)
  if (known) known.add(reason)
  else reasons.set(index, new Set([reason]))
}

/**
 * Records that were written, but not with all of their rows.
 * @param children the files of rows in the job's result
 */
export function childFaults(
  { stream }: WriteBatch,
  { columns: [key], rows, record: recordAt, ids }: BulkFile,
  { job, children, outcomes }: { job: JobStatus; children: ResultFile[]; outcomes: RecordOutcome[] }
): RecordOutcome[] {
  const refused = Map.groupBy(children.flatMap(refusedRows), ({ parent }) => parent)
  const failed = failedModules(job, children)
  if (refused.size === 0 && failed.size === 0) return outcomes
  const fields = stream.fields.filter((field) => failed.has(field.rows ?? ''))
  const reasons: Reasons = new Map()
  for (const index of rows) {
    const record = recordAt(index)
    const parent = key.text(key.name === 'id' ? ids[index] : record[key.name]).trim()
    for (const { reason } of refused.get(parent) ?? []) note(reasons, index, reason)
    for (const field of fields) {
      const isEmpty = [record[field.name] ?? []].flat().length === 0
      if (!isEmpty) note(reasons, index, failed.get(field.rows ?? '') ?? '')
    }
  }
  return outcomes.map((outcome) => {
    const found = reasons.get(outcome.index)
    if (!found || 'code' in outcome) return outcome
    const message = `The record was written as ${outcome.id}, but Zoho refused some of its rows (${[...found].join(', ')}). Mend the rows and send it again.`
    return { index: outcome.index, state: 'rejected', code: 'ROWS_REFUSED', message }
  })
}
