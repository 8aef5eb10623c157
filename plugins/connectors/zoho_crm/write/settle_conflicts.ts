import type { Context, Field, RecordOutcome, RecordValues, WriteBatch } from '#sdk'
import { comparison, isComparable } from '../lookup/comparable.js'
import { findByFields } from '../lookup/find_by_fields.js'
import { queryIn } from '../lookup/query_in.js'
import type { Outgoing } from './outgoing.js'

const ID: Field = { name: 'id', type: 'text' }
const ROWS = 200

async function idsOf(ctx: Context, batch: WriteBatch, conflicts: Outgoing[]) {
  const ids = conflicts.map(({ id }) => id)
  const { match } = batch
  if (match.by !== 'fields' || ids.every((id) => id !== null)) return ids
  const records = conflicts.map(({ values }) => values)
  const { found } = await findByFields(ctx, { ...batch, records, ids }, match.fields)
  for (const { index, id } of found) ids[index] ??= id
  return ids
}

function holds(fields: Field[], row: RecordValues, values: RecordValues) {
  return fields.every((field) => {
    const value = values[field.name]
    return value === undefined || comparison(field, value) === comparison(field, row[field.name])
  })
}

/**
 * What Zoho refused as changed meanwhile is read again. A record that holds all that was sent
 * was changed by us, in a call whose answer got lost, or by someone of the same mind.
 */
export async function settleConflicts(
  ctx: Context,
  batch: WriteBatch,
  all: Outgoing[],
  outcomes: RecordOutcome[]
): Promise<RecordOutcome[]> {
  const refused = outcomes.filter((each) => 'code' in each && each.code === 'ALREADY_MODIFIED')
  if (refused.length === 0) return outcomes
  const conflicts = refused.map(({ index }) => all[index])
  const ids = await idsOf(ctx, batch, conflicts)
  const sent = batch.stream.fields.filter(
    (field) => !field.readOnly && conflicts.some(({ values }) => values[field.name] !== undefined)
  )
  const fields = sent.filter(isComparable)
  if (fields.length < sent.length) return outcomes
  const known = ids.filter((id) => id !== null)
  const names = fields.map(({ name }) => name)
  const { rows } = await queryIn(ctx, batch.stream, ID, known, names, ROWS)
  const rowBy = new Map(rows.map((row) => [row.id, row]))
  const settled = new Map<number, RecordOutcome>()
  for (const [at, { index, values }] of conflicts.entries()) {
    const row = rowBy.get(ids[at] ?? '')
    if (row && holds(fields, row, values)) {
      settled.set(index, { index, state: 'unchanged', id: row.id })
    }
  }
  return outcomes.map((outcome) => settled.get(outcome.index) ?? outcome)
}
