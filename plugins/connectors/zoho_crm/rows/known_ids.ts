import type { Context, WriteBatch } from '#sdk'
import { findByFields } from '../lookup/find_by_fields.js'
import type { Outgoing } from '../write/outgoing.js'

/** The ids by which Zoho knows records, as far as it knows them. */
export async function knownIds(
  ctx: Context,
  batch: WriteBatch,
  all: Outgoing[]
): Promise<Array<string | null>> {
  const ids = all.map(({ id }) => id)
  const { match, operation } = batch
  if (operation !== 'upsert' || match.by !== 'fields' || ids.every((id) => id !== null)) return ids
  const records = all.map(({ values }) => values)
  const { found } = await findByFields(ctx, { ...batch, records, ids }, match.fields)
  for (const { index, id } of found) ids[index] ??= id
  return ids
}
