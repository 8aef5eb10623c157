import { type Context, type Field, type Held, type Search, type SearchBatch } from '#sdk'
import { canQuery } from '../read/module_reads.js'
import { plainRecords } from '../read/plain_record.js'
import { queryCredits } from '../read/rows_per_query.js'
import { askRows } from './ask_rows.js'
import { comparison, isComparable, isQueryable } from './comparable.js'

/** As many values as COQL takes in one list. */
const MOST_VALUES = 50
/** As many rows as one credit buys. */
const ROWS = 200

/**
 * The field whose values narrow a query best. The rest is compared by the engine: a query that
 * named every combination would be too long.
 */
function anchorOf(fields: Field[], records: SearchBatch['records']): Field {
  const [first] = fields
    .filter(isQueryable)
    .map((field) => ({
      field,
      values: new Set(records.map((record) => comparison(field, record[field.name]))).size,
    }))
    .sort((a, b) => b.values - a.values)
  return first.field
}

async function find(ctx: Context, batch: SearchBatch): Promise<Held[]> {
  const { stream, fields, records, wanted } = batch
  const known = stream.fields.filter(({ name }) => fields.includes(name))
  const anchor = anchorOf(known, records)
  const values = [...new Set(records.map((record) => record[anchor.name]))]
  const rows = await askRows(ctx, { stream, by: anchor, columns: wanted, rows: ROWS }, values)
  const plain = plainRecords(stream, wanted)
  return rows.map((row) => ({ id: row.id, values: plain(row) }))
}

/** By COQL, which finds a record as soon as it is written. Zoho's own search lags and finds parts. */
export const search: Search = {
  maxRecords: MOST_VALUES,
  concurrency: 5,
  cost: () => queryCredits(ROWS),
  refuses(stream, fields) {
    if (!canQuery(stream)) return `Zoho CRM takes no queries over ${stream.name}.`
    const odd = fields.find((field) => !isComparable(field) || field.name.includes('.'))
    if (odd) return `'${odd.name}' cannot be compared in Zoho CRM. Search by another field.`
    if (fields.some(isQueryable)) return null
    return 'At least one field of a group must be a line of text, a whole number or a date.'
  },
  created: ({ fields }) => fields.find(({ name }) => name === 'Created_Time')?.name ?? null,
  find,
}
