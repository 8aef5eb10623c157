import type { SimulatedOrg } from '../simulated_org.js'
import { viewTest } from '../records/view_test.js'
import type { ReadTaken } from '../store/truth_line.js'
import type { StoredRecord, StoredValue } from '../store/stored_record.js'
import { compileReadCriteria } from './compile_read_criteria.js'
import { readTableOf } from './parse_bulk_read.js'
import { readColumns } from './read_columns.js'
import { freeze, rowsAsOf } from './rows_as_of.js'

export interface SnapshotRow {
  record: StoredRecord
  /** Values of columns that stand in related records, by column. */
  joined: StoredValue[] | null
}

/** Rows of one page. */
export const pageRows = ({ options }: SimulatedOrg, { fileType }: ReadTaken) =>
  fileType === 'ics' ? options.bulkReadIcsRows : options.bulkReadRows

/** The page's rows as they are now, so that writes during the job do not reach the file. */
export function takeSnapshot(org: SimulatedOrg, taken: ReadTaken, seq: number) {
  const { query, by } = taken
  const table = readTableOf(org, query.module)
  const columns = readColumns(org, table, query.fields)
  const dotted = columns.filter(({ name }) => name.includes('.'))
  const { user } = org.member(by) ?? org
  const isShown = query.cvid ? viewTest({ org, user }, table, query.cvid) : () => true
  const test = query.criteria ? compileReadCriteria(org, table, query.criteria) : () => true
  const size = pageRows(org, taken)
  const skipped = query.after === null ? (query.page - 1) * size : 0
  const rows: SnapshotRow[] = []
  let seen = 0
  for (const record of rowsAsOf(org, table, seq)) {
    if (query.after !== null && record.id <= query.after) continue
    if (!isShown(record) || !test(record)) continue
    seen += 1
    if (seen <= skipped) continue
    if (rows.length === size) return { columns, rows, isMore: true }
    const joined = dotted.length > 0 ? dotted.map(({ read }) => read(record)) : null
    rows.push({ record: freeze(record), joined })
  }
  return { columns, rows, isMore: false }
}

export type Snapshot = ReturnType<typeof takeSnapshot>
