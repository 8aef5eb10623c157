import type { Context, Field, Value, WriteBatch } from '#sdk'
import { findByFields } from '../lookup/find_by_fields.js'
import type { Outgoing } from '../write/outgoing.js'
import type { WriteSettings } from '../write/write_settings.js'
import { existingRows } from './existing_rows.js'
import { replacedRows } from './replaced_rows.js'

/** `{ id }` as the linking rows of a field that points to many have it. */
function linked(value: Value, through: string): Value {
  const id = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.id : value
  return typeof id === 'string' ? { [through]: { id } } : value
}

function link(all: Outgoing[], { name, through }: Field) {
  if (through === undefined) return
  for (const outgoing of all) {
    const list = outgoing.values[name]
    if (Array.isArray(list)) outgoing.change()[name] = list.map((each) => linked(each, through))
  }
}

/** The ids by which Zoho knows the records, as far as it knows them. */
async function knownIds(ctx: Context, batch: WriteBatch, all: Outgoing[]) {
  const ids = all.map(({ id }) => id)
  const { match, operation } = batch
  if (operation !== 'upsert' || match.by !== 'fields' || ids.every((id) => id !== null)) return ids
  const records = all.map(({ values }) => values)
  const { found } = await findByFields(ctx, { ...batch, records, ids }, match.fields)
  for (const { index, id } of found) ids[index] ??= id
  return ids
}

async function replace(ctx: Context, batch: WriteBatch, all: Outgoing[], field: Field) {
  const holders = all.filter(({ values }) => values[field.name] !== undefined)
  if (holders.length === 0) return
  const ids = await knownIds(ctx, batch, holders)
  const known = ids.filter((id) => id !== null)
  if (known.length === 0) return
  const rows = await existingRows(ctx, batch.stream.name, field, known)
  for (const [at, outgoing] of holders.entries()) {
    const existing = rows.get(ids[at] ?? '') ?? []
    const given = outgoing.values[field.name]
    outgoing.change()[field.name] = replacedRows(
      given === null ? [] : [given].flat(),
      existing,
      field
    )
  }
}

/** Rows of subforms and links of multi-select lookups, as the service wants them to end up. */
export async function putRows(
  ctx: Context,
  batch: WriteBatch,
  all: Outgoing[],
  { rows }: Pick<WriteSettings, 'rows'>
) {
  const fields = batch.stream.fields.filter(
    (field) => field.rows !== undefined && all.some(({ values }) => field.name in values)
  )
  for (const field of fields) {
    link(all, field)
    if (rows === 'replace' && batch.operation !== 'insert') await replace(ctx, batch, all, field)
  }
}
