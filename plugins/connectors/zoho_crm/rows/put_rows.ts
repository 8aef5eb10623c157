import type { Context, Field, RecordValues, Value, WriteBatch } from '#sdk'
import type { Outgoing } from '../write/outgoing.js'
import type { WriteSettings } from '../write/write_settings.js'
import { existingFiles } from './existing_files.js'
import { existingRows } from './existing_rows.js'
import { knownIds } from './known_ids.js'
import { mergedRows } from './merged_rows.js'

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

function existing(ctx: Context, { stream }: WriteBatch, field: Field, ids: string[]) {
  return field.files
    ? existingFiles(ctx, stream.name, field.name, ids)
    : existingRows(ctx, stream.name, field, ids)
}

async function merge(
  ctx: Context,
  batch: WriteBatch,
  all: Outgoing[],
  { field, rows }: { field: Field; rows: WriteSettings['rows'] }
) {
  const holders = all.filter(({ values }) => values[field.name] !== undefined)
  if (holders.length === 0) return
  const ids = await knownIds(ctx, batch, holders)
  const known = ids.filter((id) => id !== null)
  if (known.length === 0) return
  const before = await existing(ctx, batch, field, known)
  for (const [at, outgoing] of holders.entries()) {
    const there: RecordValues[] = before.get(ids[at] ?? '') ?? []
    if (there.length === 0) continue
    const given = outgoing.values[field.name]
    const list = given === null ? [] : [given].flat()
    outgoing.change()[field.name] = mergedRows(list, there, field, rows)
  }
}

/** Rows of subforms, links and files of records, as the service wants them to end up. */
export async function putRows(
  ctx: Context,
  batch: WriteBatch,
  all: Outgoing[],
  { rows }: Pick<WriteSettings, 'rows'>
) {
  const fields = batch.stream.fields.filter(
    (field) =>
      (field.rows !== undefined || field.files) && all.some(({ values }) => field.name in values)
  )
  for (const field of fields) {
    link(all, field)
    // Zoho keeps files that are not spoken of.
    const isKept = field.files && rows === 'add'
    if (batch.operation !== 'insert' && !isKept) await merge(ctx, batch, all, { field, rows })
  }
}
