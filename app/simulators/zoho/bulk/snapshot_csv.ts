import type { CoqlColumn } from '../coql/coql_column.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { StoredValue } from '../store/stored_record.js'
import type { Snapshot, SnapshotRow } from './take_snapshot.js'

const ROWS_PER_CHUNK = 500
const NEEDS_QUOTES = /[",\r\n]/

const quote = (text: string) => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function cellText(org: SimulatedOrg, { field }: CoqlColumn, value: StoredValue) {
  if (value === null) return ''
  if (Array.isArray(value)) return quote(value.join(';'))
  if (typeof value === 'number' && field.dataType === 'datetime') return org.zone.format(value)
  return typeof value === 'string' ? quote(value) : String(value)
}

/** The CSV, a few hundred rows at a time. */
export function* snapshotCsv(org: SimulatedOrg, { columns, rows }: Snapshot): Generator<string> {
  const isDotted = columns.map(({ name }) => name.includes('.'))
  const line = ({ record, joined }: SnapshotRow) => {
    let at = -1
    const cells = columns.map((column, position) => {
      if (isDotted[position]) at += 1
      const value = isDotted[position] ? (joined?.[at] ?? null) : column.read(record)
      return cellText(org, column, value)
    })
    return cells.join(',')
  }
  yield `${columns.map(({ name }) => name).join(',')}\n`
  for (let from = 0; from < rows.length; from += ROWS_PER_CHUNK) {
    yield `${rows
      .slice(from, from + ROWS_PER_CHUNK)
      .map(line)
      .join('\n')}\n`
  }
}
