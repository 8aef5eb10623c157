import type { Context, Field, Found, RecordValues, WriteBatch } from '#sdk'
import type { Row } from '../read/rows_reply.js'
import { comparison, isComparable, isQueryable } from './comparable.js'
import { queryIn } from './query_in.js'

const ROWS = 2000

function variety(records: RecordValues[], field: Field) {
  const values = records.map((record) => comparison(field, record[field.name]))
  return new Set(values.filter((value) => value !== null)).size
}

/** The field that narrows the query best: the one with the most different values. */
function anchorOf(fields: Field[], records: RecordValues[]) {
  return fields
    .filter(isQueryable)
    .map((field) => ({ field, variety: variety(records, field) }))
    .filter((each) => each.variety > 0)
    .sort((a, b) => b.variety - a.variety)[0]?.field
}

/** All comparable values of a record as one text; a field without a value is left out. */
function fingerprint(fields: Field[], record: RecordValues, as: RecordValues = record) {
  return fields
    .filter((field) => comparison(field, record[field.name]) !== null)
    .map((field) => `${field.name}=${comparison(field, as[field.name])}`)
    .join('\n')
}

function assign(group: number[], twins: Row[], found: Found[]) {
  if (twins.length > group.length) return false
  for (const [place, twin] of twins.entries()) found.push({ index: group[place], id: twin.id })
  return true
}

/**
 * Without a unique field: by every value that can be compared. More equal records in Zoho than
 * in the batch prove nothing.
 */
export async function findByValues(
  ctx: Context,
  batch: WriteBatch
): Promise<{ found: Found[]; certain: boolean }> {
  const { stream, records } = batch
  const fields = stream.fields.filter(
    (field) => isComparable(field) && records.some((record) => record[field.name] !== undefined)
  )
  const anchor = anchorOf(fields, records)
  if (!anchor) return { found: [], certain: false }
  const groups = Map.groupBy(records.keys(), (index) => fingerprint(fields, records[index]))
  const anchored = records
    .map((record) => record[anchor.name])
    .filter((value) => comparison(anchor, value) !== null)
  const columns = fields.map((field) => field.name)
  const { rows, isWhole } = await queryIn(ctx, stream, anchor, anchored, columns, ROWS)
  const rowsBy = Map.groupBy(rows, (row) => comparison(anchor, row[anchor.name]))
  const found: Found[] = []
  let certain = isWhole && anchored.length === records.length
  for (const [text, group] of groups) {
    const record = records[group[0]]
    const near = rowsBy.get(comparison(anchor, record[anchor.name])) ?? []
    const twins = near.filter((row) => fingerprint(fields, record, row) === text)
    if (!assign(group, twins, found)) certain = false
  }
  return { found, certain }
}
